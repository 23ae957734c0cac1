/**
 * Scrolls a list as little as it takes to see one of its lines.
 * @param line pixels from the list's own top @param head pixels that a heading covers, wherever the list is
 */
export function reveal(box: HTMLElement | null, line: { top: number; height: number }, head = 0): void {
  if (box === null) return;
  const bottom = head + line.top + line.height;
  if (line.top < box.scrollTop) box.scrollTop = line.top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
}
