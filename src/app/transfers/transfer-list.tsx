import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { linesBetween } from "../../ui/lines-between.ts";
import { reveal } from "../../ui/reveal.ts";
import { useWindow } from "../../ui/use-window.ts";
import { groupName } from "./row-group.ts";
import { type Line, layOut } from "./row-layout.ts";
import { transferKey } from "./transfer-keys.ts";
import { TransferRow } from "./transfer-row.tsx";
import type { TransferRows } from "./use-transfer-rows.ts";

interface TransferListProps extends TransferRows {
  onDetails: (row: TransferView) => void;
}

/** All transfers; of thousands only those in sight are in the document. One tab stop, keys as in every list. */
export function TransferList({ rows, total, want, onDetails }: TransferListProps) {
  const box = useRef<HTMLDivElement>(null);
  const { top, height, narrow } = useWindow(box);
  const active = useSignal<string | null>(null);
  const focusNext = useRef<string | null>(null);
  const { lines, height: whole } = useMemo(() => layOut(rows, total, narrow), [rows, total, narrow]);
  const inSight = linesBetween(lines, top, top + height, 6);
  const activeIndex = Math.max(
    0,
    rows.findIndex(({ id }) => id === active.value),
  );
  const tabStop = lines.find((line) => "row" in line && line.index === activeIndex);
  // What has the focus stays in the document, or the focus would be lost with it.
  const shown = tabStop === undefined || inSight.includes(tabStop) ? inSight : [...inSight, tabStop];
  const last = shown.reduce((far, line) => ("index" in line ? Math.max(far, line.index) : far), 0);

  useLayoutEffect(() => {
    if (last >= rows.length && rows.length < total) want(last);
    if (focusNext.current === null) return;
    const index = rows.findIndex(({ id }) => id === focusNext.current);
    focusNext.current = null;
    box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  });

  const focusRow = (index: number) => {
    const line = lines.find((candidate) => "row" in candidate && candidate.index === index);
    if (line === undefined || !("row" in line)) return;
    active.value = line.row.id;
    focusNext.current = line.row.id;
    reveal(box.current, line);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    <div
      ref={box}
      class={`transfer-list ${narrow ? "narrow" : ""}`}
      role="grid"
      aria-label={t("transfers")}
      aria-rowcount={total}
      tabIndex={-1}
      onKeyDown={(event) => transferKey(event, rows, { focusRow, onDetails })}
    >
      {/* Holds the height of all rows; they stand in it by their tops. */}
      <div class="transfer-lines" role="presentation" style={{ height: `${whole}px` }}>
        {shown.map((line) => (
          <div
            key={keyOf(line)}
            class="transfer-at"
            role="presentation"
            style={{ top: `${line.top}px`, height: `${line.height}px` }}
          >
            {"heading" in line ? (
              <Heading name={groupName(line.heading)} />
            ) : "row" in line ? (
              <TransferRow
                row={line.row}
                index={line.index}
                rows={rows}
                tabbable={line.index === activeIndex}
                onActive={() => {
                  active.value = line.row.id;
                }}
                onDetails={onDetails}
              />
            ) : (
              <div class="skeleton-row" role="presentation" />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function Heading({ name }: { name: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see TransferList
    // biome-ignore lint/a11y/useFocusableInteractive: a heading is not worked with
    <div class="transfer-group small muted" role="row">
      {/* biome-ignore lint/a11y/useSemanticElements: see TransferList */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div role="gridcell">{name}</div>
    </div>
  );
}

const keyOf = (line: Line) =>
  "heading" in line ? `${line.heading} ${line.top}` : "row" in line ? line.row.id : `${line.index}`;
