/** Entries as they are stored: rows without names, and each text that comes again and again once. */
import type { ActivityEntry } from "../../shared/activity.ts";

interface Chunk {
  texts: string[];
  rows: unknown[][];
}

const repeated = ["profile", "service", "host", "action", "error"] as const;
const single = ["n", "at", "status", "ms", "sent", "received", "requestId"] as const;

export function packChunk(entries: ActivityEntry[]): Chunk {
  const texts: string[] = [];
  const placeOf = (text: string | null) => {
    if (text === null) return null;
    const place = texts.indexOf(text);
    return place < 0 ? texts.push(text) - 1 : place;
  };
  const rows = entries.map((entry) => [
    ...repeated.map((name) => placeOf(entry[name])),
    ...single.map((name) => entry[name]),
  ]);
  return { texts, rows };
}

export function unpackChunk(stored: unknown): ActivityEntry[] {
  if (stored === undefined) return [];
  const { texts, rows } = stored as Chunk;
  return rows.map((row) => {
    const values = row.map((value, at) => (at < repeated.length ? (texts[value as number] ?? null) : value));
    return Object.fromEntries([...repeated, ...single].map((name, at) => [name, values[at]])) as never;
  });
}
