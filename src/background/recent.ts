import type { FileRow, ItemRow, RecentView } from "../messaging/view.ts";
import { emptyView } from "../messaging/view.ts";
import { toWireError } from "../shared/result.ts";
import { lightRow } from "./light-row.ts";
import { type Owner, sameOwner } from "./owner.ts";
import type { ViewStore } from "./view-store.ts";

type Change = (recent: RecentView) => Partial<RecentView>;

/** Rows that are kept of each kind. */
const kept = 50;

interface RecentDeps {
  view: ViewStore;
  /** Who is shown now; null when nobody is. */
  owner(): Promise<Owner | null>;
  /** Whom the view shows at this very moment. */
  shown(): Owner | null;
  /** The newest files of one listing of the whole folder, at most 1,000 keys. */
  files(owner: Owner): Promise<FileRow[]>;
  /** The last items by sort key. */
  items(owner: Owner): Promise<ItemRow[]>;
  now(): number;
  /** The person wrote or deleted something here: for the pages of sites that see it, too. */
  wrote(owner: Owner, what: PersonWrote): void;
}

/** Paths of files and sort keys of items. */
export interface PersonWrote {
  files: string[];
  items: string[];
}

export interface Recent {
  /** One ListObjectsV2 and one Query. Answers for somebody who is not shown any more are dropped. */
  load(owner: Owner): Promise<void>;
  /** Forgets the rows at once. */
  clear(): void;
  /** What the person's own writes changed, without asking again. */
  fileStored(owner: Owner, row: FileRow): Promise<void>;
  fileGone(owner: Owner, path: string, deleteMarker: string | null): Promise<void>;
  /** The row of a file that was deleted in this life of the background comes back. */
  fileBack(owner: Owner, path: string, deleteMarker: string): Promise<void>;
  itemStored(owner: Owner, row: ItemRow): Promise<void>;
  itemGone(owner: Owner, sortKey: string): Promise<void>;
}

/** The recent rows of whoever is shown. */
export function createRecent(deps: RecentDeps): Recent {
  const { view } = deps;
  const deleted = new Map<string, FileRow>();
  let loading: { owner: Owner; done: Promise<void>; meanwhile: Change[] } | null = null;

  async function change(owner: Owner, next: Change): Promise<void> {
    // Both: a session may have ended that the view still shows, and the view may have moved on while that was asked.
    if (!sameOwner(owner, await deps.owner()) || !sameOwner(owner, deps.shown())) return;
    const { recent } = view.current();
    const changed = next(recent);
    // Thousands that are deleted one by one, none of them shown here, cost the pages no drawing.
    if (Object.keys(changed).length > 0) view.update({ recent: { ...recent, ...changed } });
  }

  /** An own write. A listing that is under way may not have seen it: it is done again on what that brings. */
  async function wrote(owner: Owner, what: Partial<PersonWrote>, next: Change): Promise<void> {
    deps.wrote(owner, { files: [], items: [], ...what });
    if (loading !== null && sameOwner(loading.owner, owner)) loading.meanwhile.push(next);
    await change(owner, next);
  }

  async function run(owner: Owner, meanwhile: Change[]): Promise<void> {
    await change(owner, () => ({ state: "loading" }));
    const [files, items] = await Promise.allSettled([deps.files(owner), deps.items(owner)]);
    // Cleared meanwhile: what was asked before knows nothing of what the same person has written since.
    if (loading?.meanwhile !== meanwhile) return;
    await change(owner, (recent) => {
      const loaded: RecentView = {
        ...recent,
        state: "loaded",
        loadedAt: deps.now(),
        files: files.status === "fulfilled" ? newestFirst(files.value) : recent.files,
        items: items.status === "fulfilled" ? lastFirst(items.value).map(lightRow) : recent.items,
        filesError: files.status === "fulfilled" ? null : toWireError(files.reason),
        itemsError: items.status === "fulfilled" ? null : toWireError(items.reason),
      };
      // In one: a row that was just written is not gone for a moment.
      for (const next of meanwhile) Object.assign(loaded, next(loaded));
      return loaded;
    });
  }

  return {
    async load(owner) {
      // Pages that ask at the same time share one pair of requests.
      if (loading === null || !sameOwner(loading.owner, owner)) {
        const meanwhile: Change[] = [];
        const done = run(owner, meanwhile).finally(() => {
          if (loading?.done === done) loading = null;
        });
        loading = { owner, done, meanwhile };
      }
      await loading.done;
    },
    clear() {
      deleted.clear();
      loading = null;
      view.update({ recent: emptyView.recent });
    },
    fileStored: (owner, row) =>
      wrote(owner, { files: [row.path] }, ({ files }) => ({
        files: newestFirst([row, ...files.filter(({ path }) => path !== row.path)]),
      })),
    async fileGone(owner, path, deleteMarker) {
      const row = view.current().recent.files.find((file) => file.path === path);
      if (row !== undefined && deleteMarker !== null) deleted.set(deleteMarker, row);
      await wrote(owner, { files: [path] }, ({ files }) =>
        files.some((file) => file.path === path) ? { files: files.filter((file) => file.path !== path) } : {},
      );
    },
    async fileBack(owner, path, deleteMarker) {
      const row = deleted.get(deleteMarker);
      deleted.delete(deleteMarker);
      await wrote(owner, { files: [path] }, ({ files }) =>
        row === undefined ? {} : { files: newestFirst([row, ...files.filter((one) => one.path !== path)]) },
      );
    },
    itemStored: (owner, row) => {
      const light = lightRow(row);
      return wrote(owner, { items: [row.sortKey] }, ({ items }) => ({
        items: lastFirst([light, ...items.filter(({ sortKey }) => sortKey !== row.sortKey)]),
      }));
    },
    itemGone: (owner, sortKey) =>
      wrote(owner, { items: [sortKey] }, ({ items }) => ({
        items: items.filter((item) => item.sortKey !== sortKey),
      })),
  };
}

function newestFirst(files: FileRow[]): FileRow[] {
  return [...files].sort((a, b) => b.modifiedAt - a.modifiedAt).slice(0, kept);
}

/** DynamoDB's order turned round. */
function lastFirst(items: ItemRow[]): ItemRow[] {
  return [...items].sort((a, b) => compare(b.sortKey, a.sortKey)).slice(0, kept);
}

/** DynamoDB compares the bytes of UTF-8, JavaScript the units of UTF-16: the same but for surrogate pairs. */
function compare(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  if (at === a.length || at === b.length) return a.length - b.length;
  return weight(a.charCodeAt(at)) - weight(b.charCodeAt(at));
}

/** Surrogates stand for characters beyond all that one unit can hold. */
function weight(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
