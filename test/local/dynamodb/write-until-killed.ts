/**
 * Run as a process of its own by restart.test.ts: writes to the data folder named by its argument, one transaction and
 * one item after the other, and prints the number of each once it was answered, until it is killed.
 */
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import { call, key, options, transactionKeys } from "./dynamodb-world.ts";

const TableName = "holdall";
const service = await createDynamoDbService(options(String(process.argv[2])));
const start = Number(process.argv[3]);
for (let round = start; round < start + 100_000; round += 1) {
  const n = { N: String(round) };
  await call(service, "TransactWriteItems", {
    ClientRequestToken: `round-${round}`,
    TransactItems: transactionKeys.map((sk) => ({ Put: { TableName, Item: { ...key("together", sk), n } } })),
  });
  await call(service, "PutItem", { TableName, Item: { ...key("single", "1"), n } });
  process.stdout.write(`${round}\n`);
}
