import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { exactTime } from "../../ui/format/relative-time.ts";
import { Icon } from "../../ui/icon.tsx";
import { copyText } from "../captures/capture-menu.ts";
import { duration, size, timeOfDay } from "./numbers.ts";
import { outcomeOf } from "./outcome.ts";
import { serviceName } from "./service-name.ts";

interface ActivityRowProps {
  entry: ActivityEntry;
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  open: boolean;
  tabbable: boolean;
  now: number;
  onActive: () => void;
  onOpen: (n: number) => void;
}

export function ActivityRow({ entry, index, top, open, tabbable, now, onActive, onOpen }: ActivityRowProps) {
  const { n, at, service, host, action, ms, sent, received, requestId } = entry;
  const { kind, icon, word } = outcomeOf(entry);
  const cells = [
    <time key="at" dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {timeOfDay(at, now)}
    </time>,
    serviceName(service),
    action,
    <>
      <Icon name={icon} />
      <span class="clip" title={word}>
        {word}
      </span>
    </>,
    duration(ms),
    size(sent),
    size(received),
    requestId && <RequestId id={requestId} />,
    <bdi key="host" class="clip" title={host}>
      {host}
    </bdi>,
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list
    <div
      class="activity-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={open}
      tabIndex={tabbable ? 0 : -1}
      data-index={index}
      style={{ top: `${top}px` }}
      onFocusIn={onActive}
      onClick={() => onOpen(n)}
    >
      {cells.map((cell, place) => (
        // Cells keep their column.
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus
        <div key={place} class={place === 3 ? `a3 outcome ${kind}` : `a${place}`} role="gridcell">
          {cell}
        </div>
      ))}
    </div>
  );
}

function RequestId({ id }: { id: string }) {
  return (
    <button
      type="button"
      class="request-id mono"
      tabIndex={-1}
      title={id}
      aria-label={t("activity_copy_id", id)}
      onClick={(event) => {
        event.stopPropagation();
        void copyText(id);
      }}
    >
      <span class="clip">{id}</span>
    </button>
  );
}
