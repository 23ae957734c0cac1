import { Stream } from "node:stream";
import type { LevelDatabase, RangeOptions } from "./dynalite.ts";
import type { Item } from "./types.ts";

/** How many values are fetched from LevelDB at once. */
const chunkSize = 100;

/**
 * The values of a key range, as the `data` and `end` events that dynalite's queries listen to. It stands in for
 * dynalite's own stream, which never closes its LevelDB iterator and lets an exception in a filter end the process.
 * (A legacy Stream by type only: dynalite asks `instanceof`.)
 */
export class ValueReader extends Stream {
  #stopped = false;

  constructor(
    db: LevelDatabase,
    prefix: string,
    options: RangeOptions,
    prepare: (item: Item) => Item,
    crash: (error: unknown) => void,
  ) {
    super();
    // The listeners are added right after this constructor returns.
    setImmediate(() => this.#read(db, withPrefix(prefix, options), prepare).catch(crash));
  }

  /** Called by dynalite when it has seen enough. */
  destroy(): void {
    this.#stopped = true;
  }

  async #read(db: LevelDatabase, options: RangeOptions, prepare: (item: Item) => Item): Promise<void> {
    const iterator = db.values(options);
    try {
      while (!this.#stopped) {
        const values = await iterator.nextv(chunkSize);
        if (values.length === 0) break;
        for (const value of values) if (!this.#stopped) this.emit("data", prepare(value as Item));
      }
    } finally {
      await iterator.close();
    }
    if (!this.#stopped) this.emit("end");
  }
}

function withPrefix(prefix: string, { gt, gte, lt, lte, limit, reverse }: RangeOptions): RangeOptions {
  return {
    ...(gte !== undefined ? { gte: prefix + gte } : gt !== undefined ? { gt: prefix + gt } : { gte: prefix }),
    // Keys are hexadecimal digits and `/`, so this ends the range after the last of them.
    ...(lte !== undefined ? { lte: prefix + lte } : { lt: prefix + (lt ?? "\xff") }),
    ...(limit !== undefined && limit > 0 ? { limit } : {}),
    ...(reverse ? { reverse } : {}),
  };
}
