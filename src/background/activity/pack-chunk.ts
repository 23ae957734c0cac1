/** Entries as they are stored: rows without names, and each text once, since most come again and again. */
import type { ActivityEntry } from "../../shared/activity.ts";

interface Chunk {
  names: string[];
  texts: unknown[];
  /** A text is a list of its place. */
  rows: unknown[][];
}

export function packChunk(entries: ActivityEntry[]): Chunk {
  const names = Object.keys(entries[0] ?? {});
  const texts = new Map<unknown, number>();
  const packed = (value: unknown) => {
    if (typeof value !== "string") return value;
    if (!texts.has(value)) texts.set(value, texts.size);
    return [texts.get(value)];
  };
  const rows = entries.map((entry) => names.map((name) => packed(entry[name as keyof ActivityEntry])));
  return { names, texts: [...texts.keys()], rows };
}

export function unpackChunk(stored: unknown): ActivityEntry[] {
  const { names, texts, rows } = (stored ?? { rows: [] }) as Chunk;
  const value = (packed: unknown) => (Array.isArray(packed) ? texts[packed[0]] : packed);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, value(row[at])])) as never);
}
