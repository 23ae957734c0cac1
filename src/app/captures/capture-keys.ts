import type { CaptureRow } from "../../messaging/captures-view.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { openMenu } from "../../ui/menu.tsx";
import { moveInside } from "../../ui/row-keys.ts";
import { typeAhead } from "../../ui/type-ahead.ts";
import { type Line, type Look, type Step, stepFrom } from "./capture-layout.ts";
import { type CaptureActions, captureMenu } from "./capture-menu.ts";

interface KeyContext {
  rows: CaptureRow[];
  lines: Line[];
  look: Look;
  /** Pixels in sight. */
  page: number;
  focusRow: (index: number) => void;
  actions: CaptureActions;
}

const steps: Record<string, Step> = {
  ArrowUp: "up",
  ArrowDown: "down",
  PageUp: "page-up",
  PageDown: "page-down",
  Home: "first",
  End: "last",
};
/** Tiles stand beside each other; in a row the same keys go to its button. */
const asideSteps: Record<string, Step> = { ArrowLeft: "left", ArrowRight: "right" };

/** Keys in gallery and list: arrows, pages, ends, type-ahead, Enter opens, Delete deletes, the menu key opens the menu. */
export function captureKey(event: KeyboardEvent, { rows, lines, look, page, focusRow, actions }: KeyContext): void {
  if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const element = event.target.closest<HTMLElement>("[data-index]");
  const index = Number(element?.dataset.index ?? Number.NaN);
  const row = rows[index];
  if (element === null || row === undefined) return;
  const step = steps[event.key] ?? (look === "gallery" ? asideSteps[event.key] : undefined);
  const menuKey = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
  if (step !== undefined) focusRow(stepFrom(lines, rows.length, index, step, page));
  else if (event.key in asideSteps) moveInside(element, event.target, event.key === "ArrowRight" ? 1 : -1);
  else if (menuKey) openMenu(element, captureName(row), captureMenu(row, actions));
  // Enter on the button presses the button.
  else if (event.key === "Enter" && event.target === element) actions.open(row);
  // The next one takes the focus when it goes.
  else if (event.key === "Delete") actions.remove(row);
  else {
    // The slash goes to the search.
    if (event.key.length !== 1 || event.key === "/") return;
    const found = typeAhead(event, rows.map(captureName), index);
    if (found === null) return;
    focusRow(found);
  }
  event.preventDefault();
}
