import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { type MenuItem, openMenu } from "./menu.tsx";
import { moveInside, rowKey } from "./row-keys.ts";

/** What can be done with a row besides opening it: icon buttons at its end, and its context menu. */
export interface RowAction extends MenuItem {
  /** With an icon it is a button too; the name says on which row it acts. */
  name?: string;
}

/** Rows that can be chosen, several at once; see src/app/files/file-checks.tsx. */
export interface RowChecks<Row> {
  /** Heading of the boxes, for readers. */
  heading: string;
  isChecked: (row: Row) => boolean;
  /** What chooses the row, before its cells. */
  box: (row: Row) => ComponentChildren;
  /** True: the click meant the choice and opens nothing. */
  onClick: (event: MouseEvent, row: Row) => boolean;
  /** True: the key meant the choice. `next` is the row one step further. */
  onKey: (event: KeyboardEvent, row: Row, next: (step: 1 | -1) => Row | null) => boolean;
}

/** A heading that sorts by its column when it is pressed. */
export interface SortHeading {
  label: string;
  sorted: "ascending" | "descending" | "none";
  onSort: () => void;
}

export interface RowListProps<Row> {
  label: string;
  /** Decides the columns. */
  kind: "files" | "items" | "sites";
  /** Headings of the columns, where there is room for them. */
  columns?: (string | SortHeading)[];
  rows: Row[];
  keyOf: (row: Row) => string;
  /** What the row is called: type-ahead, and the name of its menu. */
  nameOf: (row: Row) => string;
  cells: (row: Row) => ComponentChildren[];
  actions: (row: Row) => RowAction[];
  onOpen: (row: Row) => void;
  onDelete?: (row: Row) => void;
  /** Key of the row that is open beside the list. */
  selected?: string | null;
  checks?: RowChecks<Row>;
}

/**
 * Rows that are worked with mouse or keyboard: arrows, Home, End, type-ahead, Enter opens, Delete deletes, the menu key or
 * Shift+F10 opens the context menu, right arrow goes into the row's buttons. One tab stop (ARIA's grid pattern).
 */
export function RowList<Row>(props: RowListProps<Row>) {
  const { rows, keyOf, label } = props;
  const grid = useRef<HTMLDivElement>(null);
  const active = useSignal<string | null>(null);
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === active.value),
  );
  const focusRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    active.value = keyOf(row);
    rowElements(grid.current)[index]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    <div
      ref={grid}
      class={`rows ${props.kind} ${props.checks ? "checked" : ""}`}
      role="grid"
      aria-multiselectable={props.checks && true}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => onKey(event, props, event.currentTarget, focusRow)}
    >
      {props.columns && <Heading columns={props.columns} first={props.checks?.heading} />}
      {rows.map((row, index) => (
        <RowBox
          key={keyOf(row)}
          row={row}
          list={props}
          tabbable={index === activeIndex}
          onActive={() => {
            active.value = keyOf(row);
          }}
        />
      ))}
    </div>
  );
}

function Heading({ columns, first }: { columns: (string | SortHeading)[]; first: string | undefined }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see RowList
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus, where it has some
    <div class="heading" role="row">
      {first !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: see RowList
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div class="cell" role="columnheader">
          <span class="sr">{first}</span>
        </div>
      )}
      {columns.map((column, index) =>
        typeof column === "string" ? (
          // biome-ignore lint/a11y/useSemanticElements: see RowList
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div key={column} class={`cell c${index}`} role="columnheader">
            {column}
          </div>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: see RowList
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div key={column.label} class={`cell c${index}`} role="columnheader" aria-sort={column.sorted}>
            <button type="button" class="sort" onClick={column.onSort}>
              {column.label}
              {column.sorted !== "none" && <Icon name={column.sorted === "ascending" ? "arrow-up" : "arrow-down"} />}
            </button>
          </div>
        ),
      )}
    </div>
  );
}

interface RowBoxProps<Row> {
  row: Row;
  list: RowListProps<Row>;
  tabbable: boolean;
  onActive: () => void;
}

function RowBox<Row>({ row, list, tabbable, onActive }: RowBoxProps<Row>) {
  const open = list.selected === list.keyOf(row);
  const { checks } = list;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see RowList
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    <div
      class="row"
      role="row"
      tabIndex={tabbable ? 0 : -1}
      aria-selected={checks ? checks.isChecked(row) : open}
      aria-current={checks && open}
      onFocusIn={onActive}
      onClick={(event) => checks?.onClick(event, row) || list.onOpen(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(event.currentTarget, list.nameOf(row), list.actions(row), { x: event.clientX, y: event.clientY });
      }}
    >
      {checks && (
        // biome-ignore lint/a11y/useSemanticElements: see RowList
        // biome-ignore lint/a11y/useFocusableInteractive: Space chooses the row
        <div class="cell check-cell" role="gridcell">
          {checks.box(row)}
        </div>
      )}
      {list.cells(row).map((cell, index) => (
        // Cells keep their column.
        // biome-ignore lint/a11y/useSemanticElements: see RowList
        // biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus
        <div key={index} class={`cell c${index}`} role="gridcell">
          {cell}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: see RowList */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div class="cell row-actions" role="gridcell">
        {list.actions(row).map(
          (action) =>
            action.icon &&
            action.name && (
              <IconButton
                key={action.label}
                icon={action.icon}
                label={action.name}
                tabIndex={-1}
                onClick={(event) => {
                  event.stopPropagation();
                  action.run();
                }}
              />
            ),
        )}
      </div>
    </div>
  );
}

function rowElements(grid: HTMLElement | null): HTMLElement[] {
  return [...(grid?.querySelectorAll<HTMLElement>(".row") ?? [])];
}

function onKey<Row>(
  event: KeyboardEvent,
  list: RowListProps<Row>,
  grid: HTMLElement,
  focusRow: (index: number) => void,
) {
  if (!(event.target instanceof HTMLElement)) return;
  const element = event.target.closest<HTMLElement>(".row");
  const index = element === null ? -1 : rowElements(grid).indexOf(element);
  const row = list.rows[index];
  const key = rowKey(event, index, list.rows.map(list.nameOf));
  const next = (step: 1 | -1) => list.rows[index + step] ?? null;
  if (row !== undefined && event.target === element && list.checks?.onKey(event, row, next)) {
    event.preventDefault();
    return;
  }
  // Enter on one of the row's buttons presses that button.
  const elsewhere = key?.to === "open" && event.target !== element;
  if (element === null || row === undefined || key === null || elsewhere) return;
  event.preventDefault();
  if (key.to === "row") focusRow(key.index);
  else if (key.to === "inside") moveInside(element, event.target, key.step);
  else if (key.to === "menu") openMenu(element, list.nameOf(row), list.actions(row));
  else if (key.to === "open") list.onOpen(row);
  else if (list.onDelete !== undefined) {
    // The row goes: the next one, or the one before, takes the focus first.
    focusRow(index + 1 < list.rows.length ? index + 1 : index - 1);
    list.onDelete(row);
  }
}
