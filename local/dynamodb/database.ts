import {
  type DynaliteStore,
  dynaliteAction,
  dynaliteStore,
  dynaliteValidate,
  dynaliteValueProblem,
  type LevelOperation,
} from "./dynalite.ts";
import { fromDynalite, resourceNotFound, serializationError, validationError } from "./errors.ts";
import { checkExpressionQuotas } from "./expression-quotas.ts";
import { ItemLocks } from "./item-locks.ts";
import { type KeySchema, keySchemaOf } from "./key-schema.ts";
import { openStore, readTable, runTableAction, type TableOptions } from "./open-store.ts";
import type { Item, JsonObject, TableDescription, ValidRequest } from "./types.ts";
import { createUnitOfWork, type UnitOfWork } from "./unit-of-work.ts";

/** A table as a request was judged by it. `description` is undefined when there is no such table. */
export interface JudgedTable {
  name: string;
  schema: KeySchema;
  description: TableDescription | undefined;
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** dynalite's store with locks and atomic writes: what the operations are made of. */
export async function openDatabase(options: {
  dataDir: string;
  accountId: string;
  region: string;
  table: TableOptions;
  moreTables?: readonly TableOptions[];
}) {
  const store: DynaliteStore = await openStore(options);
  const locks = new ItemLocks();
  // For a table that does not exist the configured key names are assumed, so that the owner of a key hears
  // ResourceNotFoundException and everybody else AccessDeniedException.
  const assumedSchema: KeySchema = [
    { name: options.table.partitionKey, type: "S", maxBytes: 2048 },
    { name: options.table.sortKey, type: "S", maxBytes: 1024 },
  ];

  return {
    store,
    tableArn: (name: string) => `arn:aws:dynamodb:${options.region}:${options.accountId}:table/${name}`,

    table(name: string): JudgedTable {
      const description = readTable(store, name);
      return { name, description, schema: description ? keySchemaOf(description) : assumedSchema };
    },

    /** Checks a request as dynalite does; throws ValidationException or SerializationException. */
    validate(operation: string, input: JsonObject): ValidRequest {
      try {
        const request = dynaliteValidate(operation, input, store);
        checkExpectedValues(request);
        checkExpressionQuotas(input);
        return request;
      } catch (error) {
        // dynalite trips over null where it expects a structure.
        if (error instanceof TypeError) throw serializationError("Start of structure or map found where not expected");
        throw fromDynalite(error);
      }
    },

    /** Throws ResourceNotFoundException unless every table still is the one that the request was judged by. */
    unit(tables: JudgedTable[], request: ValidRequest, crash: (error: unknown) => void): UnitOfWork {
      const descriptions = new Map<string, TableDescription>();
      for (const { name, description } of tables) {
        const current = readTable(store, name);
        const usable = current?.TableStatus === "ACTIVE" || current?.TableStatus === "UPDATING";
        if (!usable || current.TableId !== description?.TableId) throw resourceNotFound();
        descriptions.set(name, current);
      }
      return createUnitOfWork(store, descriptions, request, crash);
    },

    /** Runs one of dynalite's operations. What it wrote is in the returned unit of work and not stored yet. */
    run(operation: string, request: ValidRequest, tables: JudgedTable[]): Promise<RunResult> {
      return new Promise((resolve, reject) => {
        const fail = (error: unknown) => reject(fromDynalite(error));
        const work = this.unit(tables, request, fail);
        const failWith = (error: unknown) => reject(new FailedRun(fromDynalite(error), work.previous));
        dynaliteAction(operation)(work.store, request, (error, result) =>
          error ? failWith(error) : resolve({ result: result ?? {}, work }),
        );
      });
    },

    tableAction: (operation: string, input: JsonObject) =>
      runTableAction(store, operation, input).catch((error) => {
        throw fromDynalite(error);
      }),

    /** The name under which an item is locked. */
    lockName: (table: JudgedTable, key: Item) =>
      `${table.name}~${table.description ? dynaliteStore.createKey(key, table.description) : ""}`,

    withLocks: <T>(names: string[], work: () => Promise<T>) => locks.hold(names, work),

    /** Stores all of it, or, when the process dies, none of it. */
    commit: (writes: LevelOperation[]) => (writes.length > 0 ? store.db.batch(writes) : Promise.resolve()),

    close: () => store.db.close(),
  };
}

/** dynalite checks these, and writes their numbers in the normal form, everywhere but here. */
function checkExpectedValues({ Expected = {} }: ValidRequest): void {
  for (const { AttributeValueList = [] } of Object.values(Expected)) {
    for (const value of AttributeValueList) {
      const problem = dynaliteValueProblem(value);
      if (problem) throw validationError(problem);
    }
  }
}

export interface RunResult {
  result: JsonObject;
  work: UnitOfWork;
}

/** Why an operation was refused, with the item that stood in its way. */
export class FailedRun extends Error {
  override name = "FailedRun";
  constructor(
    override readonly cause: unknown,
    readonly previous: Item | undefined,
  ) {
    super("The operation failed.");
  }
}
