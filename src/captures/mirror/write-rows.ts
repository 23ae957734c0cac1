import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorChange } from "./mirror-database.ts";
import { type CountedName, countedLabels, type MirrorRow, mirrorRow } from "./mirror-row.ts";
import { searchedText } from "./words.ts";

/** Changes of rows in one transaction, with how many there are of each label. */
export interface RowWriter {
  /** @param present the row of the same id that is stored now */
  put(row: CaptureRow, present: MirrorRow | undefined): void;
  drop(present: MirrorRow): void;
  /** Writes the counts. Call it once, last. */
  finish(): Promise<void>;
}

export function writeRows(tx: MirrorChange): RowWriter {
  const [rows, texts, counts] = [tx.objectStore("rows"), tx.objectStore("texts"), tx.objectStore("counts")];
  const changes = new Map<CountedName | "total", Map<string, number>>();
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

  function erase({ rank }: MirrorRow): void {
    write(rows.delete(rank));
    write(texts.delete(rank));
  }

  return {
    put(row, present) {
      const next = mirrorRow(row);
      if (present !== undefined && present.rank !== next.rank) erase(present);
      write(rows.put(next));
      write(texts.put(searchedText(row), next.rank));
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
      await Promise.all([...waiting, ...changed.map(([name, values]) => addCounts(name, values))]);
    },
  };
}
