import { type CaptureFacets, captureKinds } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";

/** From counts that are kept with every change: as fast with 100,000 rows as with ten. */
export async function countFacets(database: MirrorDatabase): Promise<Omit<CaptureFacets, "syncing">> {
  const [keys, counts] = await database.read((db) => {
    const { store } = db.transaction("counts");
    return Promise.all([store.getAllKeys(), store.getAll()]);
  });
  const counted = keys.map(([name = "", value = ""], at) => ({ name, value, count: counts[at] ?? 0 }));
  const named = (wanted: string) =>
    counted
      .filter(({ name }) => name === wanted)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .map(({ value, count }): [string, number] => [value, count]);
  return {
    sites: named("site"),
    tags: named("tag"),
    kinds: named("kind").flatMap(([value, count]) =>
      captureKinds.filter((kind) => kind === value).map((kind) => [kind, count]),
    ),
    total: counted.find(({ name }) => name === "total")?.count ?? 0,
  };
}
