/**
 * AWS's clock minus ours, in milliseconds; 0 below half a minute, where the answer's way explains the difference.
 * @param date the answer's Date header
 */
export function clockOffsetOf(date: string | null): number {
  const offset = date === null ? Number.NaN : Date.parse(date) - Date.now();
  return Number.isNaN(offset) || Math.abs(offset) < 30_000 ? 0 : offset;
}
