import { typeAhead } from "./type-ahead.ts";

/** What a key does in a list: go to another row, into or out of the row's buttons, or something with the row. */
export type RowKey = { to: "row"; index: number } | { to: "inside"; step: 1 | -1 } | { to: "open" | "delete" | "menu" };

/** The meaning of a key pressed in row `index` of rows called `names`; null when it has none. */
export function rowKey(event: KeyboardEvent, index: number, names: string[]): RowKey | null {
  const last = names.length - 1;
  switch (event.key) {
    case "ArrowDown":
      return { to: "row", index: Math.min(index + 1, last) };
    case "ArrowUp":
      return { to: "row", index: Math.max(index - 1, 0) };
    case "Home":
      return { to: "row", index: 0 };
    case "End":
      return { to: "row", index: last };
    case "ArrowRight":
      return { to: "inside", step: 1 };
    case "ArrowLeft":
      return { to: "inside", step: -1 };
    case "Enter":
      return { to: "open" };
    case "Delete":
      return { to: "delete" };
    case "ContextMenu":
      return { to: "menu" };
    case "F10":
      return event.shiftKey ? { to: "menu" } : null;
    default: {
      const found = typeAhead(event, names, index);
      return found === null ? null : { to: "row", index: found };
    }
  }
}

/** Between a row itself and its buttons. */
export function moveInside(row: HTMLElement, target: HTMLElement, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>("button")];
  stops[stops.indexOf(target) + step]?.focus();
}
