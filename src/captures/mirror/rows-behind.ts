/** The ways in which rows are read for a list: each gives up to `size` ranks behind one, in their order. */
import type { MirrorDatabase } from "./mirror-database.ts";
import { type Label, labelKey, type MirrorRow } from "./mirror-row.ts";
import { blockOf, textsOf } from "./text-blocks.ts";
import { holdsWords } from "./words.ts";

/** @param after exclusive; "" for the beginning */
export type RowsBehind = (after: string, size: number) => Promise<{ rows: MirrorRow[]; last: string | null }>;

/** Through all rows. `last` is null when no more follow. */
export function allRows(database: MirrorDatabase): RowsBehind {
  return async (after, size) => {
    const rows = await database.read((db) => db.getAll("rows", IDBKeyRange.lowerBound(after, true), size));
    return { rows, last: rows.length < size ? null : (rows.at(-1)?.rank ?? null) };
  };
}

/** Through the rows of a label. */
export function labelledRows(database: MirrorDatabase, label: Label): RowsBehind {
  const key = labelKey(label);
  return (after, size) =>
    database.read(async (db) => {
      const { store } = db.transaction("rows");
      const index = store.index("labels");
      const rows: MirrorRow[] = [];
      if (after === "") rows.push(...(await index.getAll(key, size)));
      else {
        const ranks: string[] = [];
        let cursor = await index.openKeyCursor(key);
        if (cursor !== null && cursor.primaryKey < after) cursor = await cursor.continuePrimaryKey(key, after);
        for (; cursor !== null && ranks.length < size; cursor = await cursor.continue()) {
          if (cursor.primaryKey > after) ranks.push(cursor.primaryKey);
        }
        const found = await Promise.all(ranks.map((rank) => store.get(rank)));
        rows.push(...found.filter((row) => row !== undefined));
      }
      return { rows, last: rows.length < size ? null : (rows.at(-1)?.rank ?? null) };
    });
}

/** Through the texts of `size` blocks, for those rows alone that hold the words. `rows` may be empty while more follow. */
export function rowsWithWords(database: MirrorDatabase, words: string[]): RowsBehind {
  return (after, size) =>
    database.read(async (db) => {
      const tx = db.transaction(["rows", "texts"]);
      const first = after === "" ? 0 : blockOf(after);
      const blocks = await tx.objectStore("texts").getAll(IDBKeyRange.lowerBound(first), size);
      const texts = textsOf(blocks);
      const wanted = texts.filter(([rank, text]) => rank > after && holdsWords(text, words));
      const rows = await Promise.all(wanted.map(([rank]) => tx.objectStore("rows").get(rank)));
      const last = texts.at(-1)?.[0];
      return {
        rows: rows.filter((row) => row !== undefined),
        last: blocks.length < size || last === undefined ? null : last,
      };
    });
}
