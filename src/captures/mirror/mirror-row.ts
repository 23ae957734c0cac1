/** A capture as the mirror's database holds it: in order of time, and found by what it is labelled with. */
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { shown } from "../shown-address.ts";

/** What one can filter by: these are counted as well. */
export type CountedName = "site" | "tag" | "kind";
export type Label = [name: CountedName | "address" | "sha256", value: string];

export interface MirrorRow {
  /** Primary key. The rows of one label come in its order. */
  rank: string;
  /** See `labelKey`. */
  labels: string[];
  row: CaptureRow;
}

/** Behind every rank, and behind every rank of the millisecond that it is added to. */
export const afterRanks = "~";
/** As ULIDs have it, 48 bits. Milliseconds. */
const lastTime = 2 ** 48 - 1;
const timeDigits = 10;

export function mirrorRow(row: CaptureRow): MirrorRow {
  const labels: Label[] = [...countedLabels(row), ...addressLabels(row), ["sha256", row.sha256]];
  return { rank: rankOf(row.at, row.id), labels: labels.map(labelKey), row };
}

/** Text that sorts by time and id, the newest first: IndexedDB reads many rows at once in ascending order only. */
function rankOf(at: number, id: string): string {
  return timeRank(at) + Array.from(id, mirrored).join("");
}

/** What the ranks of this millisecond begin with. @param at milliseconds since the epoch */
export function timeRank(at: number): string {
  const time = Math.min(Math.max(Math.ceil(at), 0), lastTime);
  return (lastTime - time).toString(36).padStart(timeDigits, "0");
}

/** Milliseconds from the time of a rank to the last that there is; 0 for what is no rank. */
export function timeLeft(rank: string): number {
  return Number.parseInt(rank.slice(0, timeDigits), 36) || 0;
}

/** The character that is as far from the end of ASCII as this one is from its beginning. */
function mirrored(character: string): string {
  return String.fromCharCode(Math.max(0x20, 0x7e - (character.charCodeAt(0) - 0x20)));
}

/** A label in the index. */
export function labelKey([name, value]: Label): string {
  return `${name}:${value}`;
}

export function countedLabels({ site, tags, kind }: CaptureRow): [name: CountedName, value: string][] {
  const labels: [CountedName, string][] = [["kind", kind]];
  if (site !== "") labels.push(["site", site]);
  for (const tag of new Set(tags)) labels.push(["tag", tag]);
  return labels;
}

function addressLabels({ url, page }: CaptureRow): Label[] {
  const addresses = new Set([url, page].map(addressLabel));
  return [...addresses].flatMap((address): Label[] => (address === null ? [] : [["address", address]]));
}

/** What captures on or from an address are found by; null for data: URLs, of which only the type is kept. */
export function addressLabel(address: string): string | null {
  const kept = shown(address);
  return kept === "" || /^data:/i.test(kept) ? null : kept;
}
