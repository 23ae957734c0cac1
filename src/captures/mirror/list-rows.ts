import type { CaptureFilter, CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import { afterRanks, countedLabels, type Label, type MirrorRow, timeRank } from "./mirror-row.ts";
import { holdsWords, wordsOf } from "./words.ts";

export interface ListInput {
  filter: CaptureFilter;
  /** Rank of the last row of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** Rows that are read at once where not all of them may fit. */
const batch = 500;

/** A page, newest first. When nothing more is certain to follow the cursor is null; it may lead to an empty page. */
export async function listRows(
  database: MirrorDatabase,
  { filter, cursor, limit }: ListInput,
): Promise<{ rows: CaptureRow[]; cursor: string | null }> {
  const labels = labelsOf(filter);
  const fits = matcher(filter, labels);
  const rarest = await rarestOf(database, labels);
  const several = labels.length > 1 || wordsOf(filter.text ?? "").length > 0;
  // One more than is wanted tells whether more follow.
  const size = several ? Math.max(batch, limit + 1) : limit + 1;
  const found: MirrorRow[] = [];
  let after = later(cursor ?? "", filter.to === undefined ? "" : timeRank(filter.to) + afterRanks);
  for (;;) {
    const read = await readBatch(database, rarest, after, filter.from, size);
    for (const [at, stored] of read.entries()) {
      if (fits(stored.row)) found.push(stored);
      if (found.length < limit) continue;
      const more = at < read.length - 1 || read.length === size;
      return { rows: found.map(({ row }) => row), cursor: more ? stored.rank : null };
    }
    const last = read.at(-1);
    if (last === undefined || read.length < size) return { rows: found.map(({ row }) => row), cursor: null };
    after = last.rank;
  }
}

function labelsOf({ site, tag, kind }: CaptureFilter): Label[] {
  const labels: Label[] = [];
  if (site !== undefined) labels.push(["site", site]);
  if (tag !== undefined) labels.push(["tag", tag]);
  if (kind !== undefined) labels.push(["kind", kind]);
  return labels;
}

function matcher({ text = "", from, to }: CaptureFilter, labels: Label[]): (row: CaptureRow) => boolean {
  const words = wordsOf(text);
  return (row) => {
    const own = countedLabels(row);
    return (
      labels.every(([name, value]) => own.some((label) => label[0] === name && label[1] === value)) &&
      (from === undefined || row.at >= from) &&
      (to === undefined || row.at < to) &&
      holdsWords(row, words)
    );
  };
}

/** The label that the fewest rows have: the others are looked for in those. */
async function rarestOf(database: MirrorDatabase, labels: Label[]): Promise<Label | null> {
  if (labels.length < 2) return labels[0] ?? null;
  const counts = await database.read((db) => Promise.all(labels.map((label) => db.get("counts", label))));
  const least = Math.min(...counts.map((count) => count ?? 0));
  return labels[counts.findIndex((count) => (count ?? 0) === least)] ?? null;
}

function readBatch(
  database: MirrorDatabase,
  label: Label | null,
  after: string,
  from: number | undefined,
  size: number,
): Promise<MirrorRow[]> {
  const end = from === undefined ? afterRanks : timeRank(from) + afterRanks;
  if (after >= end) return Promise.resolve([]);
  return database.read((db) =>
    label === null
      ? db.getAll("rows", IDBKeyRange.bound(after, end, true), size)
      : db.getAllFromIndex("rows", "labels", IDBKeyRange.bound([...label, after], [...label, end], true), size),
  );
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
