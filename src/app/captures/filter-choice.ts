import type { CaptureFilter, CaptureKind } from "../../messaging/captures-view.ts";

export const periods = ["today", "week", "month", "year", "days"] as const;
/** `week`, `month`: the last 7 and 30 days. `days`: between two days that the person names. */
export type Period = (typeof periods)[number];

/** What the person chose to see; "" for all. */
export interface FilterChoice {
  text: string;
  site: string;
  tag: string;
  kind: CaptureKind | "";
  period: Period | "";
  /** `YYYY-MM-DD`, both included; "" for no end. */
  from: string;
  to: string;
}

export const noChoice: FilterChoice = { text: "", site: "", tag: "", kind: "", period: "", from: "", to: "" };

export function isFiltered({ text, site, tag, kind, period }: FilterChoice): boolean {
  return text.trim() !== "" || site !== "" || tag !== "" || kind !== "" || period !== "";
}

/** What the background is asked for. @param now milliseconds since the epoch; days are those of this machine */
export function filterOf(choice: FilterChoice, now: number): CaptureFilter {
  const { site, tag, kind } = choice;
  const text = choice.text.trim();
  return {
    ...(text === "" ? {} : { text }),
    ...(site === "" ? {} : { site }),
    ...(tag === "" ? {} : { tag }),
    ...(kind === "" ? {} : { kind }),
    ...timesOf(choice, now),
  };
}

function timesOf({ period, from, to }: FilterChoice, now: number): Pick<CaptureFilter, "from" | "to"> {
  const today = new Date(now);
  const daysAgo = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days).getTime();
  switch (period) {
    case "":
      return {};
    case "today":
      return { from: daysAgo(0) };
    case "week":
      return { from: daysAgo(6) };
    case "month":
      return { from: daysAgo(29) };
    case "year":
      return { from: new Date(today.getFullYear(), 0, 1).getTime() };
    case "days": {
      const [first, last] = [dayStart(from, 0), dayStart(to, 1)];
      return { ...(first === null ? {} : { from: first }), ...(last === null ? {} : { to: last }) };
    }
  }
}

/** The local beginning of a day, or of one `later`; null when it is none. */
function dayStart(text: string, later: number): number | null {
  const [year, month, day] = text.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const time = new Date(year, month - 1, day + later).getTime();
  return Number.isNaN(time) ? null : time;
}
