import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RoleApplication, RoleChoice } from "../../messaging/session-protocol.ts";
import { t } from "../../platform/i18n.ts";
import { linesBetween } from "../lines-between.ts";
import { reveal } from "../reveal.ts";
import { rowKey } from "../row-keys.ts";
import { useWindow } from "../use-window.ts";
import type { RoleLine } from "./role-lines.ts";
import { RoleRow } from "./role-row.tsx";

interface RoleListProps {
  applications: RoleApplication[];
  /** Of those applications, where they stand. */
  lines: RoleLine[];
  /** ARN of the one to mark. */
  current: string | null;
  /** ARN of the one to begin with; null for the first. */
  start: string | null;
  /** What `current` is, in words. */
  mark: string;
  /** ARN of the one that is being asked for. */
  asked: string | null;
  /** Takes the focus when the list comes. */
  focused: boolean;
  onChoose: (role: RoleChoice) => void;
  /** The arrow up from the first row. */
  onLeave: () => void;
}

/** Longer lists have only what is in sight in the document; their rows are of one height and clip. */
const whole = 100;

/** Roles under their applications: one tab stop, arrows, Home, End, type-ahead, Enter. */
export function RoleList(props: RoleListProps) {
  const { applications, lines, current, start, mark, asked, focused, onChoose, onLeave } = props;
  const box = useRef<HTMLDivElement>(null);
  const { top, height } = useWindow(box);
  const active = useSignal<string | null>(null);
  const focusNext = useRef<number | null>(null);
  const typedSpace = useRef(false);
  const roles = lines.filter((line) => "role" in line);
  const long = roles.length > whole;
  const activeIndex = Math.max(
    0,
    roles.findIndex(({ id, role }) => (active.value === null ? role.arn === start : id === active.value)),
  );
  const tabStop = roles[activeIndex];
  const inSight = long ? linesBetween(lines, top, top + height, 8) : lines;
  // What has the focus stays in the document, or the focus would be lost with it.
  const shown = tabStop === undefined || inSight.includes(tabStop) ? inSight : [...inSight, tabStop];
  const last = lines.at(-1);

  const focusRow = (index: number) => {
    const line = roles[index];
    if (line === undefined) return;
    active.value = line.id;
    focusNext.current = index;
    if (long) reveal(box.current, line);
  };
  useLayoutEffect(() => {
    const line = roles[activeIndex];
    if (long && line !== undefined && box.current !== null) {
      box.current.scrollTop = line.top - (box.current.clientHeight - line.height) / 2;
    }
    if (focused) focusNext.current = activeIndex;
  }, []);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"]`);
    focusNext.current = null;
    row?.focus({ preventScroll: long });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const index = Number(event.target.dataset.index);
    if (event.key === "ArrowUp" && index === 0) onLeave();
    const key = rowKey(
      event,
      index,
      roles.map(({ role }) => role.name),
    );
    // Enter presses the button.
    if (key?.to !== "row") return;
    event.preventDefault();
    typedSpace.current = event.key === " ";
    focusRow(key.index);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it are what is worked with
    <div
      ref={box}
      class={long ? "role-list long" : "role-list"}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        // A space within a name that is typed chooses nothing.
        if (event.key === " " && typedSpace.current) event.preventDefault();
      }}
    >
      <div class="role-lines" style={long && last ? { height: `${last.top + last.height}px` } : undefined}>
        {byGroup(shown).map(([group, own]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
          <div key={group} role="group" aria-label={applications[group]?.name || t("roles")}>
            {own.map((line) =>
              "role" in line ? null : (
                <h2 key="heading" style={long ? { top: `${line.top}px` } : undefined}>
                  <bdi>{line.heading}</bdi>
                </h2>
              ),
            )}
            <ul>
              {own.map((line) =>
                "role" in line ? (
                  <RoleRow
                    key={line.id}
                    role={line.role}
                    index={line.index}
                    of={roles.length}
                    top={long ? line.top : null}
                    mark={line.role.arn === current ? mark : null}
                    tabbable={line.index === activeIndex}
                    busy={asked === null ? null : line.role.arn === asked ? "asked" : "other"}
                    onActive={() => {
                      active.value = line.id;
                    }}
                    onChoose={() => onChoose(line.role)}
                  />
                ) : null,
              )}
            </ul>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Lines of one application stay together; they come in order but for the row with the focus, which may be far away. */
function byGroup(lines: RoleLine[]): [group: number, lines: RoleLine[]][] {
  const groups = new Map<number, RoleLine[]>();
  for (const line of [...lines].sort((a, b) => a.top - b.top)) {
    const own = groups.get(line.group);
    if (own === undefined) groups.set(line.group, [line]);
    else own.push(line);
  }
  return [...groups];
}
