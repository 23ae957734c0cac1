/** A storage area in memory, as `storage.session` is: values are copied, writes are seen in order. */
export interface MemoryArea {
  readonly values: Map<string, unknown>;
  get(key: string): Promise<unknown>;
  getAll(): Promise<Record<string, unknown>>;
  set(key: string, value: unknown): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

export function createMemoryArea(): MemoryArea {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key) => structuredClone(values.get(key)),
    getAll: async () => structuredClone(Object.fromEntries(values)),
    set: async (key, value) => {
      const copy = structuredClone(value);
      await Promise.resolve();
      values.set(key, copy);
    },
    remove: async (keys) => {
      await Promise.resolve();
      for (const key of [keys].flat()) values.delete(key);
    },
  };
}
