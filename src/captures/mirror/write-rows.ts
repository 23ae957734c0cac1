import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorChange } from "./mirror-database.ts";
import { countedLabels, type MirrorRow, mirrorRow } from "./mirror-row.ts";

/** Changes of rows in one transaction, with how many there are of each label. */
export interface RowWriter {
  /** @param present the row of the same id that is stored now */
  put(row: CaptureRow, present: MirrorRow | undefined): void;
  drop(present: MirrorRow): void;
  /** Writes the counts. Call it once, last. */
  finish(): Promise<void>;
}

export function writeRows(tx: MirrorChange): RowWriter {
  const rows = tx.objectStore("rows");
  const counts = tx.objectStore("counts");
  const changes = new Map<string, { key: string[]; by: number }>();
  const waiting: Promise<unknown>[] = [];
  const write = (request: Promise<unknown>) => {
    // Nobody waits for it any more when another one failed before.
    request.catch(() => undefined);
    waiting.push(request);
  };

  function count(row: CaptureRow, by: 1 | -1): void {
    for (const key of [["total"], ...countedLabels(row)]) {
      const text = JSON.stringify(key);
      changes.set(text, { key, by: (changes.get(text)?.by ?? 0) + by });
    }
  }

  async function addTo({ key, by }: { key: string[]; by: number }): Promise<void> {
    const left = ((await counts.get(key)) ?? 0) + by;
    await (left > 0 ? counts.put(left, key) : counts.delete(key));
  }

  return {
    put(row, present) {
      const next = mirrorRow(row);
      if (present !== undefined && present.rank !== next.rank) write(rows.delete(present.rank));
      write(rows.put(next));
      if (present !== undefined) count(present.row, -1);
      count(row, 1);
    },
    drop({ rank, row }) {
      write(rows.delete(rank));
      write(tx.objectStore("thumbnails").delete(row.id));
      count(row, -1);
    },
    async finish() {
      const changed = [...changes.values()].filter(({ by }) => by !== 0);
      await Promise.all([...waiting, ...changed.map(addTo)]);
    },
  };
}
