import {
  type Callback,
  type DynaliteStore,
  dynaliteValueProblem,
  type KeyRange,
  type LevelOperation,
} from "./dynalite.ts";
import { validationError } from "./errors.ts";
import { itemSize, maxItemBytes } from "./item-size.ts";
import { shareEqualValues } from "./share-equal-values.ts";
import type { Item, TableDescription, ValidRequest } from "./types.ts";
import { ValueReader } from "./value-reader.ts";

/**
 * A view of dynalite's store for one operation of one request: reads go through, writes are gathered, so that an item
 * and its index entries, or a whole transaction, reach LevelDB as one atomic batch.
 */
export interface UnitOfWork {
  store: DynaliteStore;
  writes: LevelOperation[];
  /** The item that was there before, which a failed condition may have to show. */
  previous: Item | undefined;
}

/**
 * `tables` are the descriptions that the request was judged by; dynalite gets these and no others.
 * `crash` hears what dynalite throws inside a callback, where no caller could catch it.
 */
export function createUnitOfWork(
  base: DynaliteStore,
  tables: Map<string, TableDescription>,
  request: ValidRequest,
  crash: (error: unknown) => void,
): UnitOfWork {
  const shareValues = shareEqualValues(request);
  const guarded = (run: () => void) => {
    try {
      run();
    } catch (error) {
      crash(error);
    }
  };

  const range = (prefix: string, isItems: boolean): KeyRange => ({
    // The service holds the locks, for all the items of a request at once.
    lock: (_key, run) => run((callback) => callback),
    get(key, callback) {
      const stored = base.db.getSync(prefix + key) as Item | undefined;
      const value = stored && shareValues(stored);
      if (isItems) work.previous = value;
      guarded(() => callback(null, value));
    },
    put(key, value, callback) {
      const problem = isItems ? itemProblem(value as Item) : null;
      if (problem) return callback(problem);
      work.writes.push({ type: "put", key: prefix + key, value });
      callback(null);
    },
    del(key, callback) {
      work.writes.push({ type: "del", key: prefix + key });
      callback(null);
    },
    createValueStream: (options) => new ValueReader(base.db, prefix, options, shareValues, crash),
  });

  const store: DynaliteStore = Object.assign(Object.create(base), {
    getTable(name: string, checkStatus: boolean | Callback<TableDescription>, callback?: Callback<TableDescription>) {
      const done = typeof checkStatus === "function" ? checkStatus : callback;
      guarded(() => done?.(null, tables.get(name)));
    },
    getItemDb: (table: string) => range(`item-${table}~`, true),
    getIndexDb: (kind: string, table: string, index: string) =>
      range(`index-${kind.toLowerCase()}~${table}~${index}~`, false),
  });
  const work: UnitOfWork = { store, writes: [], previous: undefined };
  return work;
}

/** What an update can make of an item that neither the old item nor the request showed. */
function itemProblem(item: Item): Error | null {
  try {
    if (itemSize(item) > maxItemBytes)
      return validationError("Item size to update has exceeded the maximum allowed size");
  } catch (tooDeep) {
    return tooDeep as Error;
  }
  for (const value of Object.values(item)) {
    const problem = dynaliteValueProblem(value);
    if (problem) return validationError(problem);
  }
  return null;
}
