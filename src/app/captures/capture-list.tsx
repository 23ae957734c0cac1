import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { linesBetween } from "../../ui/lines-between.ts";
import { captureKey } from "./capture-keys.ts";
import { type Line, layOut, lineOf, narrowBelow } from "./capture-layout.ts";
import { CaptureLine } from "./capture-line.tsx";
import type { CaptureActions } from "./capture-menu.ts";
import type { CapturePages } from "./capture-pages.ts";
import { CaptureTile } from "./capture-tile.tsx";
import { DayHeading } from "./day-heading.tsx";
import { look } from "./look.ts";
import type { Thumbnails } from "./thumbnails.ts";
import { useSight } from "./use-sight.ts";

interface CaptureListProps {
  pages: CapturePages;
  /** What scrolls. */
  scroller: RefObject<HTMLElement | null>;
  /** Id of the one that is open. */
  open: string | null;
  actions: CaptureActions;
  thumbnails: Thumbnails;
}

/** So near to its end the list goes on, in pixels. */
const ahead = 1600;
const fingers = matchMedia("(pointer: coarse)").matches;

/** Captures by day, as a gallery or a list; of thousands only those in sight are in the document. One tab stop. */
export function CaptureList({ pages, scroller, open, actions, thumbnails }: CaptureListProps) {
  const box = useRef<HTMLDivElement>(null);
  const sight = useSight(scroller, box);
  const active = useSignal<string | null>(null);
  const focusNext = useRef<string | null>(null);
  const lastActive = useRef(0);
  const rows = pages.rows.value;
  const how = look.value;
  const width = sight?.width ?? 0;
  const { lines, height, columns } = useMemo(
    () => (width === 0 ? { lines: [], height: 0, columns: 1 } : layOut(rows, { look: how, width, coarse: fingers })),
    [rows, how, width],
  );
  const { top = 0, height: page = 0 } = sight ?? {};
  const found = indexOf(rows, active.value ?? open);
  // In the place of one that went is the next one.
  const activeIndex = found >= 0 ? found : Math.max(0, Math.min(lastActive.current, rows.length - 1));
  lastActive.current = activeIndex;
  // Before the rows move: one that comes to stand in another line is drawn anew there.
  const hadFocus = box.current?.contains(document.activeElement) === true;
  const inSight = linesBetween(lines, top, top + page, 2);
  const tabStop = lines[lineOf(lines, activeIndex)];
  // What has the focus stays in the document, or the focus would be lost with it.
  const shown = tabStop === undefined || inSight.includes(tabStop) ? inSight : [...inSight, tabStop];
  const goesOn = pages.more.value && pages.error.value === null;

  useLayoutEffect(() => {
    if (goesOn && sight !== null && top + page + ahead > height) void pages.loadMore();
    const gone = active.peek() !== null && found < 0;
    const lost = (hadFocus || gone) && document.activeElement === document.body;
    if (gone) active.value = rows[activeIndex]?.id ?? null;
    if (focusNext.current === null && !lost) return;
    const index = focusNext.current === null ? activeIndex : indexOf(rows, focusNext.current);
    focusNext.current = null;
    box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  });

  const focusRow = (index: number) => {
    const row = rows[index];
    const line = lines[lineOf(lines, index)];
    if (row === undefined || line === undefined) return;
    active.value = row.id;
    focusNext.current = row.id;
    reveal(scroller.current, { top, height: page }, line);
  };
  const cell = (index: number) => {
    const row = rows[index];
    if (row === undefined) return null;
    const props = {
      row,
      index,
      open: row.id === open,
      tabbable: index === activeIndex,
      onActive: () => {
        active.value = row.id;
      },
      actions,
    };
    return how === "gallery" ? (
      <CaptureTile key={row.id} {...props} thumbnails={thumbnails} />
    ) : (
      <CaptureLine key={row.id} {...props} />
    );
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on tiles
    <div
      ref={box}
      class={`captures ${how} ${width < narrowBelow ? "narrow" : ""}`}
      role="grid"
      aria-label={t("captures")}
      // Not known before its end was scrolled to.
      aria-rowcount={pages.more.value ? -1 : lines.length}
      tabIndex={-1}
      // All lines' height; they stand in it by their tops.
      style={{ height: `${height}px` }}
      onKeyDown={(event) => captureKey(event, { rows, lines, look: how, page, focusRow, actions })}
    >
      {shown.map((line) => (
        <div
          key={keyOf(line)}
          class="capture-at"
          role="presentation"
          style={{ top: `${line.top}px`, height: `${line.height}px` }}
        >
          {"day" in line ? (
            <DayHeading day={line.day} />
          ) : how === "gallery" ? (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its tiles take the focus
            <div class="tiles" role="row" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {indices(line).map(cell)}
            </div>
          ) : (
            cell(line.from)
          )}
        </div>
      ))}
    </div>
  );
}

const indices = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from }, (_, step) => from + step);

const indexOf = (rows: CaptureRow[], id: string | null) => (id === null ? -1 : rows.findIndex((row) => row.id === id));

const keyOf = (line: Line) => ("day" in line ? `day ${line.day} ${line.top}` : line.from);

/** Scrolls as little as it takes. `sight` is relative to the list, as the line is. */
function reveal(scroller: HTMLElement | null, sight: { top: number; height: number }, line: Line): void {
  if (scroller === null) return;
  if (line.top < sight.top) scroller.scrollTop -= sight.top - line.top + 8;
  const below = line.top + line.height - (sight.top + sight.height);
  if (below > 0) scroller.scrollTop += below + 8;
}
