import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { linesBetween } from "../../ui/lines-between.ts";
import { reveal } from "../../ui/reveal.ts";
import { now } from "../../ui/state/now.ts";
import { useWindow } from "../../ui/use-window.ts";
import { activityKey } from "./activity-keys.ts";
import { ActivityRow } from "./activity-row.tsx";

interface ActivityListProps {
  /** Newest first. */
  entries: ActivityEntry[];
  /** Number of the one that is open. */
  open: number | null;
  onOpen: (n: number) => void;
}

/** Pixels; as in activity.css. */
const heights = { heading: 28, wide: 28, narrow: 48 };

/** The requests; of thousands only those in sight are in the document. One tab stop, keys as in every list. */
export function ActivityList({ entries, open, onOpen }: ActivityListProps) {
  const box = useRef<HTMLDivElement>(null);
  const { top, height, narrow } = useWindow(box);
  const active = useSignal<number | null>(null);
  const focusNext = useRef<number | null>(null);
  const each = narrow ? heights.narrow : heights.wide;
  const before = useRef({ first: 0, each });
  const lines = entries.map((entry, index) => ({ entry, index, top: index * each, height: each }));
  const inSight = linesBetween(lines, top, top + height, 8);
  const activeIndex = Math.max(
    0,
    entries.findIndex(({ n }) => n === (active.value ?? open)),
  );
  const tabStop = lines[activeIndex];
  // What has the focus stays in the document, or the focus would be lost with it.
  const shown = tabStop === undefined || inSight.includes(tabStop) ? inSight : [...inSight, tabStop];

  useLayoutEffect(() => {
    const list = box.current;
    const { first, each: was } = before.current;
    before.current = { first: entries[0]?.n ?? 0, each };
    const newer = entries.findIndex(({ n }) => n === first);
    if (list === null) return;
    // What is read does not move away: neither when something new comes above it, nor when rows take two lines.
    if (was !== each) list.scrollTop += activeIndex * (each - was);
    else if (newer > 0 && (list.scrollTop > 0 || list.contains(document.activeElement))) list.scrollTop += newer * each;
  }, [entries, each]);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"]`);
    focusNext.current = null;
    row?.focus({ preventScroll: true });
  });

  const focusRow = (index: number) => {
    const line = lines[index];
    if (line === undefined) return;
    active.value = line.entry.n;
    focusNext.current = index;
    reveal(box.current, line, narrow ? 0 : heights.heading);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    <div
      ref={box}
      class={narrow ? "activity-list narrow" : "activity-list"}
      role="grid"
      aria-label={t("activity")}
      aria-rowcount={entries.length}
      tabIndex={-1}
      onKeyDown={(event) => activityKey(event, entries, { focusRow, onOpen })}
    >
      {!narrow && <Heading />}
      {/* Holds the height of all rows; they stand in it by their tops. */}
      <div class="activity-lines" role="presentation" style={{ height: `${entries.length * each}px` }}>
        {shown.map(({ entry, index, top: at }) => (
          <ActivityRow
            key={entry.n}
            entry={entry}
            index={index}
            top={at}
            open={entry.n === open}
            tabbable={index === activeIndex}
            now={now.value}
            onActive={() => {
              active.value = entry.n;
            }}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

function Heading() {
  const names = [t("activity_at"), t("activity_service"), t("activity_action"), t("activity_outcome")];
  const numbers = [t("activity_duration"), t("activity_sent"), t("activity_received")];
  return (
    // biome-ignore lint/a11y/useSemanticElements: see ActivityList
    // biome-ignore lint/a11y/useFocusableInteractive: a heading is not worked with
    <div class="activity-heading" role="row">
      {[...names, ...numbers, t("activity_id"), t("activity_host")].map((name, index) => (
        // biome-ignore lint/a11y/useSemanticElements: see ActivityList
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div key={name} class={`a${index}`} role="columnheader">
          {name}
        </div>
      ))}
    </div>
  );
}
