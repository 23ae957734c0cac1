import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorChange } from "./mirror-database.ts";
import { type CountedName, countedLabels, type MirrorRow, mirrorRow } from "./mirror-row.ts";
import { blockOf, type TextBlock } from "./text-blocks.ts";
import { searchedText } from "./words.ts";

/** Changes of rows in one transaction, with how many there are of each label. */
export interface RowWriter {
  /** @param present the row of the same id that is stored now */
  put(row: CaptureRow, present: MirrorRow | undefined): void;
  drop(present: MirrorRow): void;
  /** Writes counts and texts. Call it once, last. */
  finish(): Promise<void>;
}

export function writeRows(tx: MirrorChange): RowWriter {
  const [rows, texts, counts] = [tx.objectStore("rows"), tx.objectStore("texts"), tx.objectStore("counts")];
  const changes = new Map<CountedName | "total", Map<string, number>>();
  /** New texts by rank, null where one goes, by block. */
  const blocks = new Map<number, Map<string, string | null>>();
  const waiting: Promise<unknown>[] = [];
  const write = (request: Promise<unknown>) => {
    // Nobody waits for it any more when another one failed before.
    request.catch(() => undefined);
    waiting.push(request);
  };

  function count(row: CaptureRow, by: 1 | -1): void {
    for (const [name, value] of [["total", ""] as const, ...countedLabels(row)]) {
      const changed = changes.get(name) ?? new Map<string, number>();
      changed.set(value, (changed.get(value) ?? 0) + by);
      changes.set(name, changed);
    }
  }

  async function addCounts(name: CountedName | "total", changed: Map<string, number>): Promise<void> {
    const present = (await counts.get(name)) ?? new Map<string, number>();
    for (const [value, by] of changed) {
      const left = (present.get(value) ?? 0) + by;
      if (left > 0) present.set(value, left);
      else present.delete(value);
    }
    await counts.put(present, name);
  }

  function setText(rank: string, text: string | null): void {
    const block = blocks.get(blockOf(rank)) ?? new Map<string, string | null>();
    blocks.set(blockOf(rank), block.set(rank, text));
  }

  async function writeBlock(key: number, changed: Map<string, string | null>): Promise<void> {
    const block: TextBlock = (await texts.get(key)) ?? new Map();
    for (const [rank, text] of changed) {
      if (text === null) block.delete(rank);
      else block.set(rank, text);
    }
    await (block.size > 0 ? texts.put(block, key) : texts.delete(key));
  }

  function erase({ rank }: MirrorRow): void {
    write(rows.delete(rank));
    setText(rank, null);
  }

  return {
    put(row, present) {
      const next = mirrorRow(row);
      if (present !== undefined && present.rank !== next.rank) erase(present);
      write(rows.put(next));
      setText(next.rank, searchedText(row));
      if (present !== undefined) count(present.row, -1);
      count(row, 1);
    },
    drop(present) {
      erase(present);
      write(tx.objectStore("thumbnails").delete(present.row.id));
      count(present.row, -1);
    },
    async finish() {
      const changed = [...changes].filter(([, values]) => [...values.values()].some((by) => by !== 0));
      await Promise.all([
        ...waiting,
        ...[...blocks].map(([key, texts]) => writeBlock(key, texts)),
        ...changed.map(([name, values]) => addCounts(name, values)),
      ]);
    },
  };
}
