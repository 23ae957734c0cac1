/** A capture as the mirror's database holds it: in order of time, and found by what it is labelled with. */
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { shown } from "../shown-address.ts";

/** What rows are found by. The first three are counted as well. */
export type LabelName = "site" | "tag" | "kind" | "address" | "sha256";
/** Without the rank: the beginning of a key of the index. */
export type Label = [name: LabelName, value: string];

export interface MirrorRow {
  /** Primary key. */
  rank: string;
  /** Keys of the multi-entry index. With the rank in each, an index's rows come in the same order as all of them. */
  labels: [name: LabelName, value: string, rank: string][];
  row: CaptureRow;
}

/** Behind every rank of the same millisecond. */
export const afterRanks = "~";
/** As ULIDs have it, 48 bits. Milliseconds. */
const lastTime = 2 ** 48 - 1;
const timeDigits = 10;

export function mirrorRow(row: CaptureRow): MirrorRow {
  const rank = rankOf(row.at, row.id);
  return { rank, labels: labelsOf(row).map(([name, value]) => [name, value, rank]), row };
}

/** Text that sorts by time and id, the newest first: IndexedDB reads many rows at once in ascending order only. */
export function rankOf(at: number, id: string): string {
  return timeRank(at) + Array.from(id, mirrored).join("");
}

/** What the ranks of this millisecond begin with. @param at milliseconds since the epoch */
export function timeRank(at: number): string {
  const time = Math.min(Math.max(Math.ceil(at), 0), lastTime);
  return (lastTime - time).toString(36).padStart(timeDigits, "0");
}

/** The character that is as far from the end of ASCII as this one is from its beginning. */
function mirrored(character: string): string {
  return String.fromCharCode(Math.max(0x20, 0x7e - (character.charCodeAt(0) - 0x20)));
}

export function labelsOf(row: CaptureRow): Label[] {
  return [...countedLabels(row), ...addressLabels(row), ["sha256", row.sha256]];
}

/** What one can filter by. */
export function countedLabels({ site, tags, kind }: CaptureRow): Label[] {
  const labels: Label[] = [["kind", kind]];
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
