import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** Rows that are chosen, by key, and where a range begins. */
export interface Selection {
  keys: ReadonlySignal<ReadonlySet<string>>;
  toggle(key: string): void;
  /** Chooses all of `order` between the row that was toggled last and `key`. */
  extend(key: string, order: string[]): void;
  all(order: string[]): void;
  clear(): void;
}

export function createSelection(): Selection {
  const keys: Signal<ReadonlySet<string>> = signal(new Set<string>());
  let anchor: string | null = null;
  return {
    keys,
    toggle: (key) => {
      const next = new Set(keys.value);
      if (!next.delete(key)) next.add(key);
      anchor = key;
      keys.value = next;
    },
    extend: (key, order) => {
      const ends = [order.indexOf(anchor ?? key), order.indexOf(key)];
      // A row that is gone begins no range.
      const from = ends.includes(-1) ? order.indexOf(key) : Math.min(...ends);
      anchor ??= key;
      keys.value = new Set([...keys.value, ...order.slice(from, Math.max(...ends) + 1)]);
    },
    all: (order) => {
      keys.value = new Set(order);
    },
    clear: () => {
      anchor = null;
      if (keys.value.size > 0) keys.value = new Set();
    },
  };
}
