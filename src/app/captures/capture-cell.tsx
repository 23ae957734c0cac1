import type { ComponentChildren } from "preact";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { openMenu } from "../../ui/menu.tsx";
import { type CaptureActions, captureMenu } from "./capture-menu.ts";

export interface CaptureCellProps {
  row: CaptureRow;
  index: number;
  /** Open beside the list. */
  open: boolean;
  tabbable: boolean;
  onActive: () => void;
  actions: CaptureActions;
}

interface CellProps extends CaptureCellProps {
  class: string;
  role: "row" | "gridcell";
  children: ComponentChildren;
}

/** What is alike in both looks: where a capture stands in the grid, and what a click does. */
export function CaptureCell({ row, index, open, tabbable, onActive, actions, ...look }: CellProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is given
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have it
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    <div
      class={look.class}
      role={look.role}
      tabIndex={tabbable ? 0 : -1}
      aria-selected={open}
      data-index={index}
      onFocusIn={onActive}
      onClick={() => actions.open(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        const at = { x: event.clientX, y: event.clientY };
        openMenu(event.currentTarget, captureName(row), captureMenu(row, actions), at);
      }}
    >
      {look.children}
    </div>
  );
}
