/** Which transfers run: oldest first, three at a time, and a small one never waits behind big ones only. */

export const lanes = 3;
/** Bytes. The last free lane takes nothing bigger. */
export const smallSize = 8 * 1024 * 1024;

export interface Queued {
  /** ULID. */
  id: string;
  /** Bytes. */
  size: number;
}

/** The ids to start now, given what runs already. */
export function nextToRun(queued: readonly Queued[], running: readonly Queued[]): string[] {
  const order = [...queued].sort((a, b) => (a.id < b.id ? -1 : 1));
  const start: string[] = [];
  let free = lanes - running.length;
  let big = running.filter(isBig).length;
  for (const entry of order) {
    if (free <= 0) break;
    if (isBig(entry)) {
      if (big >= lanes - 1) continue;
      big += 1;
    }
    free -= 1;
    start.push(entry.id);
  }
  return start;
}

function isBig(entry: Queued): boolean {
  return entry.size > smallSize;
}
