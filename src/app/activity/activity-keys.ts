import type { ActivityEntry } from "../../shared/activity.ts";
import { moveInside, rowKey } from "../../ui/row-keys.ts";

interface KeyContext {
  focusRow: (index: number) => void;
  onOpen: (n: number) => void;
}

/** Keys as in every list; typing goes to an action. Nothing is deleted by one. */
export function activityKey(event: KeyboardEvent, entries: ActivityEntry[], { focusRow, onOpen }: KeyContext): void {
  if (!(event.target instanceof HTMLElement)) return;
  const element = event.target.closest<HTMLElement>("[data-index]");
  const index = Number(element?.dataset.index ?? Number.NaN);
  const entry = entries[index];
  if (element === null || entry === undefined) return;
  const names = entries.map(({ action }) => action);
  const key = rowKey(event, index, names);
  if (key === null || (key.to === "open" && event.target !== element)) return;
  if (key.to === "row") focusRow(key.index);
  else if (key.to === "inside") moveInside(element, event.target, key.step);
  else if (key.to === "open") onOpen(entry.n);
  else return;
  event.preventDefault();
}
