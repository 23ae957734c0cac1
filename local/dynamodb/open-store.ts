import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DynaliteStore, dynaliteAction, dynaliteStore, dynaliteValidate } from "./dynalite.ts";
import type { JsonObject, TableDescription } from "./types.ts";

export interface TableOptions {
  name: string;
  partitionKey: string;
  sortKey: string;
}

/**
 * Opens the database in `dataDir`, mends tables whose creation or deletion was cut short, and creates the configured
 * tables (on demand, both keys strings) where they are not there.
 *
 * Throws when another process has the folder open.
 */
export async function openStore(options: {
  dataDir: string;
  accountId: string;
  region: string;
  table: TableOptions;
  moreTables?: readonly TableOptions[];
}): Promise<DynaliteStore> {
  mkdirSync(options.dataDir, { recursive: true });
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const store = dynaliteStore.create({ path: join(options.dataDir, "level"), ...delays });
  await store.db.open().catch((cause) => {
    throw new Error(`The DynamoDB data in ${options.dataDir} cannot be opened. Is another local AWS using it?`, {
      cause,
    });
  });
  store.tableDb.awsAccountId = options.accountId;
  store.tableDb.awsRegion = options.region;
  await mendTables(store);
  for (const table of [options.table, ...(options.moreTables ?? [])]) {
    if (!readTable(store, table.name)) await createTable(store, table);
  }
  return store;
}

/** The table as it is stored, or undefined. */
export const readTable = (store: DynaliteStore, name: string) =>
  store.db.getSync(`table~${name}`) as TableDescription | undefined;

/** Runs one of dynalite's table operations and returns its answer; throws dynalite's error. */
export const runTableAction = (store: DynaliteStore, operation: string, input: JsonObject) =>
  new Promise<JsonObject>((resolve, reject) => {
    const request = dynaliteValidate(operation, input, store);
    dynaliteAction(operation)(store, request, (error, result) => (error ? reject(error) : resolve(result || {})));
  });

/** dynalite ends a creation or deletion by a timer, which a killed process never reaches. */
async function mendTables(store: DynaliteStore): Promise<void> {
  for await (const [key, value] of store.db.iterator({ gt: "table~", lt: "table~\xff" })) {
    const table = value as TableDescription;
    if (table.TableStatus === "DELETING") {
      await runTableAction(store, "DeleteTable", { TableName: table.TableName });
      await waitUntil(() => !readTable(store, table.TableName), `The deletion of ${table.TableName} does not end.`);
    } else if (table.TableStatus !== "ACTIVE")
      await store.db.batch([{ type: "put", key, value: { ...table, TableStatus: "ACTIVE" } }]);
  }
}

async function createTable(store: DynaliteStore, { name, partitionKey, sortKey }: TableOptions): Promise<void> {
  await runTableAction(store, "CreateTable", {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" },
      { AttributeName: sortKey, KeyType: "RANGE" },
    ],
  });
  await waitUntil(() => readTable(store, name)?.TableStatus === "ACTIVE", `The table ${name} does not become active.`);
}

async function waitUntil(done: () => boolean, complaint: string): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries === 1000) throw new Error(complaint);
    await sleep(2);
  }
}
