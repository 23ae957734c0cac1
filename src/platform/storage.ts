/** The two storage areas in use. A failed read throws: failure is not "nothing stored". */
import { browser } from "./browser.ts";

export interface StorageArea {
  /** The value under `key`; undefined when there is none. */
  get(key: string): Promise<unknown>;
  /** Every key and value. */
  getAll(): Promise<Record<string, unknown>>;
  set(key: string, value: unknown): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

function area(name: "session" | "local"): StorageArea {
  const inner = () => browser.storage[name];
  return {
    get: async (key) => (await inner().get(key))[key],
    getAll: async () => await inner().get(null),
    set: async (key, value) => await inner().set({ [key]: value }),
    remove: async (keys) => await inner().remove(keys),
  };
}

/** Memory only, gone with the browser, readable by extension pages but never by content scripts. Secrets live here. */
export const sessionArea = area("session");
/** On disk. Nothing secret and nothing of the person's data. */
export const localArea = area("local");
