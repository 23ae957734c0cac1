import { type CaptureFacets, captureKinds } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import type { CountedName } from "./mirror-row.ts";

/** From counts that are kept with every change: as fast with 100,000 rows as with ten. */
export async function countFacets(database: MirrorDatabase): Promise<Omit<CaptureFacets, "syncing">> {
  const [sites, tags, kinds, total] = await database.read((db) => {
    const { store } = db.transaction("counts");
    return Promise.all([mostFirst("site"), mostFirst("tag"), mostFirst("kind"), store.get("total")]);

    async function mostFirst(name: CountedName): Promise<[string, number][]> {
      const counts = (await store.get(name)) ?? new Map<string, number>();
      return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
    }
  });
  return {
    sites,
    tags,
    kinds: kinds.flatMap(([name, count]) => captureKinds.filter((kind) => kind === name).map((kind) => [kind, count])),
    total: total?.get("") ?? 0,
  };
}
