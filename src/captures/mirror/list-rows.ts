import type { CaptureFilter, CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import { afterRanks, type CountedName, countedLabels, type MirrorRow, timeRank } from "./mirror-row.ts";
import { allRows, labelledRows, type RowsBehind, rowsWithWords } from "./rows-behind.ts";
import { holdsWords, searchedText, wordsOf } from "./words.ts";

export interface ListInput {
  filter: CaptureFilter;
  /** Rank of the last row of the page before. */
  cursor?: string | undefined;
  limit: number;
}

type CountedLabel = [name: CountedName, value: string];

/** What is read at once where not all of it may fit: rows, and blocks of texts. */
const [rowBatch, blockBatch] = [200, 40];
/** Of so many rows with a label each is looked at when words are searched; else all texts are. */
const fewRows = 2000;

/** A page, newest first. While the cursor is not null more may follow: it may lead to an empty page. */
export async function listRows(
  database: MirrorDatabase,
  { filter, cursor, limit }: ListInput,
): Promise<{ rows: CaptureRow[]; cursor: string | null }> {
  const fits = matcher(filter);
  const end = filter.from === undefined ? afterRanks : timeRank(filter.from) + afterRanks;
  const { behind, size } = await wayThrough(database, filter, limit);
  const found: MirrorRow[] = [];
  let after = later(cursor ?? "", filter.to === undefined ? "" : timeRank(filter.to) + afterRanks);
  for (;;) {
    const { rows, last } = await behind(after, size);
    for (const [at, stored] of rows.entries()) {
      if (fits(stored.row)) found.push(stored);
      if (found.length < limit) continue;
      const more = at < rows.length - 1 || last !== null;
      return { rows: found.map(({ row }) => row), cursor: more ? stored.rank : null };
    }
    if (last === null || last >= end) return { rows: found.map(({ row }) => row), cursor: null };
    after = last;
  }
}

async function wayThrough(
  database: MirrorDatabase,
  filter: CaptureFilter,
  limit: number,
): Promise<{ behind: RowsBehind; size: number }> {
  const labels = labelsOf(filter);
  const words = wordsOf(filter.text ?? "");
  const rarest = await rarestOf(database, labels);
  if (words.length > 0 && (rarest === null || rarest.count > fewRows)) {
    return { behind: rowsWithWords(database, words), size: blockBatch };
  }
  // One more than is wanted tells whether more follow.
  const size = labels.length > 1 || words.length > 0 ? Math.max(rowBatch, limit + 1) : limit + 1;
  return { behind: rarest === null ? allRows(database) : labelledRows(database, rarest.label), size };
}

function labelsOf({ site, tag, kind }: CaptureFilter): CountedLabel[] {
  const labels: CountedLabel[] = [];
  if (site !== undefined) labels.push(["site", site]);
  if (tag !== undefined) labels.push(["tag", tag]);
  if (kind !== undefined) labels.push(["kind", kind]);
  return labels;
}

function matcher(filter: CaptureFilter): (row: CaptureRow) => boolean {
  const { text = "", from, to } = filter;
  const [labels, words] = [labelsOf(filter), wordsOf(text)];
  return (row) => {
    const own = countedLabels(row);
    return (
      labels.every(([name, value]) => own.some((label) => label[0] === name && label[1] === value)) &&
      (from === undefined || row.at >= from) &&
      (to === undefined || row.at < to) &&
      (words.length === 0 || holdsWords(searchedText(row), words))
    );
  };
}

/** The label that the fewest rows have: the others are looked for in those. */
async function rarestOf(
  database: MirrorDatabase,
  labels: CountedLabel[],
): Promise<{ label: CountedLabel; count: number } | null> {
  const counted = await database.read((db) =>
    Promise.all(
      labels.map(async (label) => ({ label, count: (await db.get("counts", label[0]))?.get(label[1]) ?? 0 })),
    ),
  );
  return counted.sort((a, b) => a.count - b.count)[0] ?? null;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
