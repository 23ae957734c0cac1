/** By UTC, as use and limits are counted: `2026-11-28`. @param time milliseconds since the epoch */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
