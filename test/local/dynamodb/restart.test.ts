import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import { openStore, readTable } from "../../../local/dynamodb/open-store.ts";
import { call, key, options, transactionKeys } from "./dynamodb-world.ts";

const TableName = "holdall";
const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

/** Lets the writer answer some rounds and kills it in the middle of its work. Returns the last round it answered. */
async function writeAndKill(start: number, rounds: number, extraMs: number): Promise<number> {
  const script = fileURLToPath(new URL("write-until-killed.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir, String(start)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let last = start - 1;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last === start + rounds) setTimeout(() => child.kill("SIGKILL"), extraMs);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return last;
}

test("what was answered survives SIGKILL, and no transaction is there by half", async () => {
  let next = 1;
  for (const extraMs of [0, 1, 2, 3, 4]) {
    const last = await writeAndKill(next, 30, extraMs);
    const service = await createDynamoDbService(options(dataDir));
    const get = async (pk: string, sk: string) =>
      Number((await call(service, "GetItem", { TableName, Key: key(pk, sk) })).json.Item.n.N);
    const together = await Promise.all(transactionKeys.map((sk) => get("together", sk)));
    expect(new Set(together).size).toBe(1);
    expect(together[0]).toBeGreaterThanOrEqual(last);
    expect(await get("single", "1")).toBeGreaterThanOrEqual(last);

    // Tokens went to disk with their transactions: a client that repeats an older one changes nothing.
    const repeated = await call(service, "TransactWriteItems", {
      ClientRequestToken: `round-${last - 1}`,
      TransactItems: transactionKeys.map((sk) => ({
        Put: { TableName, Item: { ...key("together", sk), n: { N: String(last - 1) } } },
      })),
    });
    expect(repeated.status).toBe(200);
    expect(await get("together", "1")).toBe(together[0]);
    await service.close();
    next = last + 10;
  }
});

test("a second process is told that the folder is in use", async () => {
  const service = await createDynamoDbService(options(dataDir));
  await expect(createDynamoDbService(options(dataDir))).rejects.toThrow(/Is another local AWS using it/);
  await service.close();
});

test.each(["CREATING", "DELETING"])("a table left %s by a killed process is mended", async (TableStatus) => {
  const store = await openStore(options(dataDir));
  const description = readTable(store, TableName);
  await store.db.batch([{ type: "put", key: `table~${TableName}`, value: { ...description, TableStatus } }]);
  await store.db.close();
  const service = await createDynamoDbService(options(dataDir));
  const { json } = await call(service, "DescribeTable", { TableName });
  expect(json.Table.TableStatus).toBe("ACTIVE");
  const { Item } = (await call(service, "GetItem", { TableName, Key: key("single", "1") })).json;
  expect(Item !== undefined).toBe(TableStatus === "CREATING");
  await service.close();
});
