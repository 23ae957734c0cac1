/**
 * A store like `localStorage` over the site's items: the same methods and the same texts, and the same synchronous answers. All of
 * it is read once, at the beginning, and kept in memory; what is written is seen at once, and goes to the person's storage behind
 * that, in the order in which it was written. The last one to write a name wins, as between two tabs.
 */
import type { Holdall } from "./create-holdall.ts";

export interface LocalStore {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
  clear(): void;
  /** Settles when all that was written is stored. Rejects with the HoldallError of the first write that was not, once. */
  flush(): Promise<void>;
  /** Ends listening; what was written before still goes. */
  close(): void;
}

export interface LocalStoreOptions {
  /** What all keys begin with; by default `local/`. At least one character. */
  prefix?: string;
  /** After somebody else's change: its name. */
  changed?(name: string): void;
}

interface Entry {
  text: string;
}

/** Needs items, to read and write. @throws HoldallError */
export async function openLocalStore(
  holdall: Pick<Holdall, "items" | "on">,
  { prefix = "local/", changed }: LocalStoreOptions = {},
): Promise<LocalStore> {
  const texts = new Map<string, string>();
  for await (const { key, value } of holdall.items.query<Entry>({ prefix }))
    texts.set(key.slice(prefix.length), value.text);

  /** By name, of what is on its way: until then nobody else's word for it counts. */
  const pending = new Map<string, number>();
  let writes: Promise<void> = Promise.resolve();
  let failure: unknown = null;

  const later = (name: string, write: () => Promise<unknown>) => {
    pending.set(name, (pending.get(name) ?? 0) + 1);
    writes = writes
      .then(write)
      .catch((error) => {
        failure ??= error;
      })
      .then(() => {
        const left = (pending.get(name) ?? 1) - 1;
        if (left > 0) pending.set(name, left);
        else pending.delete(name);
      });
  };
  const read = async (name: string) => {
    const item = await holdall.items.get<Entry>(prefix + name);
    if (pending.has(name)) return;
    if (item === null) texts.delete(name);
    else texts.set(name, item.value.text);
    changed?.(name);
  };
  const close = holdall.on("change", ({ items }) => {
    for (const key of items) if (key.startsWith(prefix)) read(key.slice(prefix.length)).catch(() => {});
  });
  const store: LocalStore = {
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => {
      const kept = String(text);
      texts.set(name, kept);
      later(name, () => holdall.items.put(prefix + name, { text: kept }));
    },
    removeItem: (name) => {
      if (texts.delete(name)) later(name, () => holdall.items.delete(prefix + name));
    },
    clear: () => {
      for (const name of [...texts.keys()]) store.removeItem(name);
    },
    flush: async () => {
      await writes;
      const failed = failure;
      failure = null;
      if (failed !== null) throw failed;
    },
    close,
  };
  return store;
}
