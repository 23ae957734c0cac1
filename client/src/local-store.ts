/**
 * A store like `localStorage` over the site's items: the same methods and the same texts, and the same synchronous answers. All of
 * it is read once, at the beginning, and kept in memory; what is written is seen at once, and goes to the person's storage behind
 * that: of each name the last text, as fast as the site's limits let it. The last one to write a name wins, as between two tabs.
 */
import type { Holdall } from "./create-holdall.ts";
import type { HoldallError } from "./holdall-error.ts";

export interface LocalStore {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
  clear(): void;
  /**
   * Settles when all that was written is stored; what meets a limit (`over-limit`) or no network (`unavailable`) is tried until it
   * is. Rejects with the HoldallError of the first write that cannot be stored, once; or of what waits for the person
   * (`signed-out`, `refused`, `not-connected`), which is kept, and tried again with the next write or `flush` and when the person
   * comes back to the page.
   */
  flush(): Promise<void>;
  /** Ends listening to others' changes; what was written before still goes. */
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

/** Writes that are under way at once. */
const mostSending = 4;
/** Milliseconds until what found no network is tried again: twice as many each time. */
const firstRetry = 1000;
const mostRetry = 60_000;

/** Needs items, to read and write. @throws HoldallError */
export async function openLocalStore(
  holdall: Pick<Holdall, "items" | "on">,
  { prefix = "local/", changed }: LocalStoreOptions = {},
): Promise<LocalStore> {
  const { items } = holdall;
  const texts = new Map<string, string>();
  /** Names whose text in memory, or none, has to be sent. Until it is stored nobody else's word for them counts. */
  const queue = new Set<string>();
  const sending = new Set<string>();
  let sent = 0;
  /** Why everything waits for the person. */
  let stopped: unknown;
  let failure: unknown;
  const flushing: (() => void)[] = [];

  const send = () => {
    for (const name of queue) {
      if (stopped || sending.size >= mostSending) break;
      if (sending.has(name)) continue;
      sending.add(name);
      write(name);
    }
    if (!sending.size && (!queue.size || stopped)) for (const done of flushing.splice(0)) done();
  };
  const write = async (name: string) => {
    try {
      await patiently(() => {
        queue.delete(name);
        const text = texts.get(name);
        const key = prefix + name;
        return text === undefined ? items.delete(key) : items.put(key, { text });
      });
    } catch (error) {
      const { code } = error as HoldallError;
      if (code === "invalid" || code === "too-large") failure ??= error;
      else {
        queue.add(name);
        stopped = error;
        // Somebody who was away may be signed in now, or connected.
        addEventListener("focus", resume);
      }
    }
    sending.delete(name);
    sent++;
    send();
  };
  const resume = () => {
    stopped = undefined;
    send();
  };
  const later = (name: string) => {
    queue.add(name);
    resume();
  };
  const read = async (name: string): Promise<void> => {
    const before = sent;
    const item = await patiently(() => items.get<Entry>(prefix + name));
    if (queue.has(name) || sending.has(name)) return;
    // It may be older than what was stored meanwhile.
    if (before !== sent) return read(name);
    if (item) texts.set(name, item.value.text);
    else texts.delete(name);
    changed?.(name);
  };
  const nameOf = (key: string) => key.slice(prefix.length);
  const load = async (place: { cursor?: string } = {}): Promise<void> => {
    // Page by page, each as patiently: who began anew after a limit would never come to the end.
    const page = await patiently(() => items.query<Entry>({ prefix, ...place }));
    for (const { key, value } of page.items) texts.set(nameOf(key), value.text);
    const { cursor } = page;
    if (cursor) await load({ cursor });
  };

  const loading = load();
  /** One after the other, so that the last answer is the newest; what changes while all is read is read again after it. */
  let reads = loading;
  const close = holdall.on("change", (event) => {
    for (const key of event.items)
      if (key.startsWith(prefix)) reads = reads.then(() => read(nameOf(key))).catch(() => {});
  });
  try {
    await loading;
  } catch (error) {
    close();
    throw error;
  }
  await reads;

  const store: LocalStore = {
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => {
      texts.set(name, String(text));
      later(name);
    },
    removeItem: (name) => {
      if (texts.delete(name)) later(name);
    },
    clear: () => {
      for (const name of texts.keys()) store.removeItem(name);
    },
    flush: () =>
      new Promise((resolve, reject) => {
        flushing.push(() => {
          const failed = failure ?? stopped;
          failure = undefined;
          if (failed) reject(failed);
          else resolve();
        });
        resume();
      }),
    close,
  };
  return store;
}

/** Waits as long as it is told to, but not until midnight: the person may give more; or longer each time. */
async function patiently<T>(ask: () => PromiseLike<T>): Promise<T> {
  for (let wait = firstRetry; ; wait = Math.min(wait * 2, mostRetry)) {
    try {
      return await ask();
    } catch (error) {
      const { code, retryAfter = wait } = error as HoldallError;
      if (code !== "over-limit" && code !== "unavailable") throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(retryAfter, mostRetry)));
    }
  }
}
