import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { Placed } from "../../ui/lines-between.ts";

/** A line of the list: the heading of a day, or captures beside each other from index `from` to before `to`. */
export type Line = Placed & ({ day: number } | { from: number; to: number });

export type Look = "gallery" | "list";

/** Pixels; as in captures.css. */
const heading = 36;
const gap = 12;
const narrowestTile = 152;
const widestTile = 216;
/** Title and origin below the picture. */
const words = 56;
const row = 32;
const narrowRow = 52;
const coarseRow = 40;
export const narrowBelow = 560;

export interface Room {
  look: Look;
  /** Pixels across. */
  width: number;
  /** Fingers need higher rows. */
  coarse: boolean;
}

/** Tiles beside each other, as wide as they like within two sizes. */
export function columnsOf({ look, width }: Room): number {
  if (look === "list") return 1;
  const least = Math.ceil((width + gap) / (widestTile + gap));
  return Math.max(width < 2 * 120 + gap ? 1 : 2, Math.min(least, Math.floor((width + gap) / (narrowestTile + gap))));
}

function lineHeight(room: Room, columns: number): number {
  if (room.look === "list") return room.width < narrowBelow ? narrowRow : room.coarse ? coarseRow : row;
  const tile = (room.width - gap * (columns - 1)) / columns;
  return Math.round(tile * 0.7) + words + gap;
}

/** Where everything stands: each day begins a line of its own. @param rows newest first */
export function layOut(rows: CaptureRow[], room: Room): { lines: Line[]; height: number; columns: number } {
  const lines: Line[] = [];
  const columns = columnsOf(room);
  const height = lineHeight(room, columns);
  let top = 0;
  let index = 0;
  while (index < rows.length) {
    const [dayBegin, dayEnd] = dayOf(rows[index]?.at ?? 0);
    lines.push({ top, height: heading, day: dayBegin });
    top += heading;
    let end = index + 1;
    while (end < rows.length && within(rows[end]?.at ?? 0, dayBegin, dayEnd)) end += 1;
    for (; index < end; index += columns) {
      lines.push({ top, height, from: index, to: Math.min(index + columns, end) });
      top += height;
    }
    index = end;
  }
  return { lines, height: top, columns };
}

const within = (at: number, from: number, to: number) => from <= at && at < to;

/** Beginning and end of the local day, milliseconds since the epoch. A day may have 23 or 25 hours. */
export function dayOf(at: number): [begin: number, end: number] {
  const day = new Date(at);
  const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
  return [new Date(year, month, date).getTime(), new Date(year, month, date + 1).getTime()];
}

/** Of lines from above the one that capture `index` stands in. */
export function lineOf(lines: Line[], index: number): number {
  return lines.findIndex((line) => "from" in line && line.from <= index && index < line.to);
}

export type Step = "left" | "right" | "up" | "down" | "page-up" | "page-down" | "first" | "last";

/** The capture that a step from `index` leads to; the same one at the ends. @param page pixels in sight */
export function stepFrom(lines: Line[], total: number, index: number, step: Step, page: number): number {
  const last = total - 1;
  if (step === "first") return 0;
  if (step === "last") return last;
  if (step === "left") return Math.max(0, index - 1);
  if (step === "right") return Math.min(last, index + 1);
  const at = lineOf(lines, index);
  const here = lines[at];
  if (here === undefined || !("from" in here)) return index;
  const down = step === "down" || step === "page-down";
  const far = step === "up" || step === "down" ? 0 : page;
  let found = here;
  for (let next = at + (down ? 1 : -1); next >= 0 && next < lines.length; next += down ? 1 : -1) {
    const line = lines[next];
    if (line === undefined || !("from" in line)) continue;
    // A page keeps something of what was in sight; it goes one line at least.
    if (found !== here && Math.abs(line.top - here.top) + line.height > far) break;
    found = line;
    if (far === 0) break;
  }
  if (found === here) return index;
  return Math.min(found.from + (index - here.from), found.to - 1);
}
