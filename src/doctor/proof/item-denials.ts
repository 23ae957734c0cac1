/** Items of somebody else: none of the table's actions may reach them, alone or beside one's own. */
import type { Step } from "../step.ts";
import type { ProbeItem, ProofWorld } from "./proof-world.ts";
import { type Denial, denied } from "./tries.ts";

/** Every action on one partition of the probe's. @param which place of it among `target.items`. @param area begins the ids */
function partitionDenials(area: string, which: 0 | 1): Step<ProofWorld>[] {
  const line = (
    name: string,
    of: (world: ProofWorld, item: ProbeItem) => [operation: string, input: object],
    as = "",
  ) =>
    denied(
      `${area}.${name}`,
      (world) => {
        const item = world.target.items[which];
        const [operation, input] = of(world, item);
        return keyed(world, as === "" ? operation : as, item.partition, operation, input);
      },
      { writes: true },
    );
  return [
    line("get", (world, item) => ["GetItem", { Key: world.keyOf(item) }]),
    line("query", ({ profile }, { partition }) => [
      "Query",
      {
        KeyConditionExpression: "#p = :p",
        ExpressionAttributeNames: { "#p": profile.table.partitionKey },
        ExpressionAttributeValues: { ":p": { S: partition } },
        Limit: 1,
      },
    ]),
    line("put", (world, item) => ["PutItem", { Item: world.keyOf(item), ...never(world) }]),
    line("update", (world, item) => ["UpdateItem", { Key: world.keyOf(item), ...never(world) }]),
    line("delete", (world, item) => ["DeleteItem", { Key: world.keyOf(item), ...never(world) }]),
    line("batch-get", (world, item) => [
      "BatchGetItem",
      { RequestItems: { [world.profile.table.name]: { Keys: [world.keyOf(world.ownItem), world.keyOf(item)] } } },
    ]),
    // A batch knows no conditions: what is deleted was never there.
    line("batch-write", (world, { partition }) => [
      "BatchWriteItem",
      {
        RequestItems: {
          [world.profile.table.name]: [world.identity, partition].map((one) => ({
            DeleteRequest: { Key: world.keyOf({ partition: one, sort: `absent-${world.runId}` }) },
          })),
        },
      },
    ]),
    line(
      "transact",
      (world, item) => [
        "TransactWriteItems",
        {
          TransactItems: [world.ownItem, item].map((one) => ({
            ConditionCheck: { TableName: world.profile.table.name, Key: world.keyOf(one), ...never(world) },
          })),
        },
      ],
      "ConditionCheckItem",
    ),
  ];
}

export const itemDenials: Step<ProofWorld>[] = [
  ...partitionDenials("items", 0),
  ...partitionDenials("site-items", 1),
  // An item need not exist for DynamoDB to answer "nothing there" to whoever may ask.
  denied("items.neighbour", (world) =>
    keyed(world, "GetItem", `${world.identity}x`, "GetItem", {
      Key: world.keyOf({ partition: `${world.identity}x`, sort: "probe" }),
    }),
  ),
  denied("items.scan", (world) => keyed(world, "Scan", world.profile.table.name, "Scan", { Limit: 1 })),
  denied("items.partiql", (world) => {
    const { name, partitionKey } = world.profile.table;
    const Statement = `SELECT * FROM "${name}" WHERE "${partitionKey}" = ?`;
    const input = { Statement, Parameters: [{ S: world.target.identity }] };
    return {
      actions: ["dynamodb:PartiQLSelect"],
      on: name,
      tries: [{ service: "dynamodb", operation: "ExecuteStatement", input }],
    };
  }),
  denied("items.describe", (world) => keyed(world, "DescribeTable", world.profile.table.name, "DescribeTable", {})),
  denied("items.other-table", (world) => {
    const TableName = `${world.profile.table.name}-other`;
    return keyed(world, "GetItem", TableName, "GetItem", { TableName, Key: world.keyOf(world.ownItem) });
  }),
];

function keyed(world: ProofWorld, action: string, on: string, operation: string, more: object): Denial {
  const several = operation.startsWith("Batch") || operation.startsWith("Transact");
  const input = several ? more : { TableName: world.profile.table.name, ...more };
  return { actions: [`dynamodb:${action}`], on, tries: [{ service: "dynamodb", operation, input }] };
}

/** A condition that no item meets: every item has its partition key, and what is not there has no other attribute. */
function never({ profile }: ProofWorld): object {
  return {
    ConditionExpression: "attribute_not_exists(#p) AND attribute_exists(#p)",
    ExpressionAttributeNames: { "#p": profile.table.partitionKey },
  };
}
