/** Sort keys that Holdall keeps for itself: such items are shown and can be deleted, but not written by hand. */
export function isReservedKey(sortKey: string): boolean {
  return sortKey.startsWith("holdall#");
}
