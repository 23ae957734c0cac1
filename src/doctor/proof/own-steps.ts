/** What must be allowed: the person's own item, and an object in their own folder. */
import type { Step } from "../step.ts";
import type { ProofWorld } from "./proof-world.ts";
import { allowed, type Try } from "./tries.ts";

const text = "Written by the isolation proof, and removed at its end.";
const writes = true as const;

export const signInStep: Step<ProofWorld> = {
  id: "sign-in",
  timeout: 20_000,
  async run(world) {
    if (world.deps.identity === null) return { state: "skipped", facts: { because: "sign-in" } };
    await world.signIn();
    return { facts: { identity: world.identity } };
  },
};

export const ownSteps: Step<ProofWorld>[] = [
  item("own.items.put", "PutItem", (world) => ({
    Item: { ...world.keyOf(world.ownItem), note: { S: text } },
    ConditionExpression: "attribute_not_exists(#p)",
    ExpressionAttributeNames: { "#p": world.profile.table.partitionKey },
  })),
  item("own.items.get", "GetItem", (world) => ({ Key: world.keyOf(world.ownItem) }), ["own.items.put"]),
  item(
    "own.items.query",
    "Query",
    ({ ownItem, profile }) => ({
      KeyConditionExpression: "#p = :p AND #s = :s",
      ExpressionAttributeNames: { "#p": profile.table.partitionKey, "#s": profile.table.sortKey },
      ExpressionAttributeValues: { ":p": { S: ownItem.partition }, ":s": { S: ownItem.sort } },
    }),
    ["own.items.put"],
  ),
  item(
    "own.items.update",
    "UpdateItem",
    (world) => ({
      Key: world.keyOf(world.ownItem),
      UpdateExpression: "SET #a = :a",
      ExpressionAttributeNames: { "#a": "note" },
      ExpressionAttributeValues: { ":a": { S: text } },
    }),
    ["own.items.put", "own.items.get", "own.items.query"],
  ),
  allowed("own.list", async (world, ask) => {
    const prefix = `${world.identity}/`;
    const query = { "list-type": "2", "max-keys": "1", prefix };
    const action = "s3:ListBucket";
    return { action, on: `"${prefix}"`, answer: await ask(action, s3({ method: "GET", query })) };
  }),
  allowed(
    "own.objects.put",
    async (world, ask) => {
      const key = world.ownObject("proof");
      world.objects.set(key, null);
      const headers = { "content-type": "text/plain; charset=utf-8", "if-none-match": "*" };
      const answer = await ask("s3:PutObject", s3({ method: "PUT", key, headers, body: text }));
      world.objects.set(key, answer.headers["x-amz-version-id"] ?? null);
      return { action: "s3:PutObject", on: key, answer };
    },
    { writes },
  ),
  ...(["GET", "HEAD"] as const).map((method) =>
    allowed(
      `own.objects.${method.toLowerCase()}`,
      async (world, ask) => {
        const key = world.ownObject("proof");
        return { action: "s3:GetObject", on: key, answer: await ask("s3:GetObject", s3({ method, key })) };
      },
      { needs: ["own.objects.put"] },
    ),
  ),
];

/** After all else: also what a site must not reach has to be there until then. */
export const ownRemovals: Step<ProofWorld>[] = [
  item("own.items.delete", "DeleteItem", (world) => ({ Key: world.keyOf(world.ownItem) }), [
    ...["own.items.put", "own.items.get", "own.items.query", "own.items.update", "site.other.item"],
  ]),
  allowed(
    "own.objects.delete",
    async (world, ask) => {
      const key = world.ownObject("proof");
      const answer = await ask("s3:DeleteObject", s3({ method: "DELETE", key }));
      const version = world.objects.get(key) ?? null;
      const marker = answer.headers["x-amz-version-id"] ?? null;
      // With versions a deletion only puts a marker on top. That goes last: without it the object would be there again.
      for (const versionId of version === null ? [] : [version, ...(marker === null ? [] : [marker])]) {
        await ask("s3:DeleteObjectVersion", s3({ method: "DELETE", key, query: { versionId } }));
      }
      world.objects.delete(key);
      return { action: "s3:DeleteObject", on: key, answer };
    },
    { needs: ["own.objects.put"], after: ["own.objects.get", "own.objects.head", "site.other.object"], writes },
  ),
];

function item(
  id: string,
  operation: string,
  input: (world: ProofWorld) => object,
  after: string[] = [],
): Step<ProofWorld> {
  return allowed(
    id,
    async (world, ask) => {
      const { ownItem, profile } = world;
      if (operation === "PutItem") world.items.push(ownItem);
      const action = `dynamodb:${operation}`;
      const answer = await ask(action, {
        service: "dynamodb",
        operation,
        input: { TableName: profile.table.name, ...input(world) },
      });
      return { action, on: ownItem.partition, answer };
    },
    { after, writes },
  );
}

const s3 = (request: Extract<Try, { service: "s3" }>["request"]): Try => ({ service: "s3", request });
