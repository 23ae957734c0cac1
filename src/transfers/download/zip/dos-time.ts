/** Years that MS-DOS's seven bits can tell. */
const firstYear = 1980;
const lastYear = 2107;

/**
 * A time as MS-DOS writes it: local, in steps of two seconds; what it cannot tell is its first or last moment.
 * APPNOTE 4.4.6, https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-dosdatetimetofiletime
 * @param milliseconds since the epoch
 */
export function dosTime(milliseconds: number): { date: number; time: number } {
  const at = new Date(milliseconds);
  const year = at.getFullYear();
  if (!(year >= firstYear)) return { date: (1 << 5) | 1, time: 0 };
  if (year > lastYear) return { date: (127 << 9) | (12 << 5) | 31, time: (23 << 11) | (59 << 5) | 29 };
  return {
    date: ((year - firstYear) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(),
    time: (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1),
  };
}
