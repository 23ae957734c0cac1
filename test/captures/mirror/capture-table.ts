/** A table of index items, as DynamoDB answers: in pages, consistently, in either order. */
import { captureSortKey, indexItem } from "../../../src/captures/index-item.ts";
import type { MirrorDeps } from "../../../src/captures/mirror/mirror.ts";
import type { CaptureRow } from "../../../src/messaging/captures-view.ts";
import type { ItemRow } from "../../../src/messaging/view.ts";

export function createCaptureTable() {
  const table = {
    items: new Map<string, ItemRow>(),
    queries: [] as Parameters<MirrorDeps["query"]>[1][],
    pageSize: 3,
    now: Date.UTC(2026, 2, 1),
    /** Runs before and after the table is looked at. */
    before: async () => {},
    after: async () => {},
    put(row: CaptureRow): void {
      const sortKey = captureSortKey(row.id);
      table.items.set(sortKey, { sortKey, attributes: indexItem(row) });
    },
    drop: (id: string) => void table.items.delete(captureSortKey(id)),
  };
  const deps: MirrorDeps = {
    async query(_owner, input) {
      table.queries.push(input);
      await table.before();
      const { prefix, after = "", cursor = null, descending } = input;
      const keys = [...table.items.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      const ordered = descending ? keys.reverse() : keys;
      const rest = cursor === null ? ordered : ordered.filter((key) => (descending ? key < cursor : key > cursor));
      const page = rest.slice(0, table.pageSize);
      const items = page.flatMap((key) => table.items.get(key) ?? []);
      await table.after();
      return { items, cursor: rest.length > page.length ? (page.at(-1) ?? null) : null };
    },
    now: () => table.now,
  };
  return { table, deps };
}
