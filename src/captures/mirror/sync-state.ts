/** How far the mirror has come, kept with the rows. */
export interface SyncState {
  /** ULID of the newest capture that was read; null when there was none. */
  newest: string | null;
  /** Everything has been read once. */
  filled: boolean;
  /** A reading of everything that has not come to its end. */
  walk: Walk | null;
}

/** From the newest capture to the oldest. */
export interface Walk {
  /** From the last page; null at the beginning. */
  cursor: string | null;
  /** Everything from this id on has been read; null at the beginning. */
  below: string | null;
  /** What will be `SyncState.newest`. */
  newest: string | null;
}

export const nothingRead: SyncState = { newest: null, filled: false, walk: null };

export const walkBegins: Walk = { cursor: null, below: null, newest: null };
