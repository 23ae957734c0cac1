/** Every action on items that Holdall uses, on an item of the doctor's own. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { ProbeAnswer } from "../aws-probe.ts";
import { type DoctorWorld, itemPrefix } from "../doctor-world.ts";
import type { Step } from "../step.ts";

const attribute = "doctor";

export const itemSteps: Step<DoctorWorld>[] = [
  {
    id: "table",
    needs: ["trust"],
    async run(world, signal) {
      const answer = await firstGet(world, signal);
      const facts = tableFacts(world);
      if (answer.status === 200) return { facts };
      const error = world.aws.explain("dynamodb", answer, { action: "dynamodb:GetItem" });
      // IAM speaks first: what it refuses may or may not be there.
      if (error.code === "access-denied") return { state: "unproven", facts };
      return { state: "failed", facts, error: { code: error.code, facts: error.facts } };
    },
  },
  {
    id: "items.get",
    needs: ["table"],
    async run(world, signal) {
      judged(world, await firstGet(world, signal), "GetItem");
      return {};
    },
  },
  {
    id: "items.query",
    needs: ["table"],
    async run(world, signal) {
      const { partitionKey, sortKey } = world.profile.table;
      const answer = await ask(world, signal, "Query", {
        KeyConditionExpression: "#p = :p AND begins_with(#s, :s)",
        ExpressionAttributeNames: { "#p": partitionKey, "#s": sortKey },
        ExpressionAttributeValues: { ":p": { S: world.identity }, ":s": { S: itemPrefix } },
        ConsistentRead: true,
        Limit: 100,
      });
      world.left.oldItems = old(world, answer);
      return {};
    },
  },
  {
    id: "items.put",
    writes: true,
    needs: ["table"],
    async run(world, signal) {
      world.left.item = true;
      await ask(world, signal, "PutItem", {
        Item: { ...keyOf(world), [attribute]: { S: "written by the doctor, removed at its end" } },
        ConditionExpression: "attribute_not_exists(#p)",
        ExpressionAttributeNames: { "#p": world.profile.table.partitionKey },
      });
      return {};
    },
  },
  {
    id: "items.update",
    writes: true,
    needs: ["table"],
    after: ["items.put"],
    async run(world, signal) {
      world.left.item = true;
      await ask(world, signal, "UpdateItem", {
        Key: keyOf(world),
        UpdateExpression: "SET #a = :a",
        ExpressionAttributeNames: { "#a": attribute },
        ExpressionAttributeValues: { ":a": { S: "changed by the doctor, removed at its end" } },
      });
      return {};
    },
  },
  {
    id: "items.delete",
    needs: ["table"],
    after: ["items.query", "items.put", "items.update"],
    async run(world, signal) {
      await ask(world, signal, "DeleteItem", { Key: keyOf(world) });
      world.left.item = false;
      return {};
    },
  },
];

/** Of an item that does not exist: nothing is written before table and keys are known to be right. */
function firstGet(world: DoctorWorld, signal: AbortSignal): Promise<ProbeAnswer> {
  return world.once("GetItem", () =>
    world.aws.dynamodb(
      "GetItem",
      { TableName: world.profile.table.name, Key: keyOf(world), ConsistentRead: true },
      signal,
    ),
  );
}

async function ask(
  world: DoctorWorld,
  signal: AbortSignal,
  operation: string,
  input: object,
): Promise<Record<string, unknown>> {
  const answer = await world.aws.dynamodb(operation, { TableName: world.profile.table.name, ...input }, signal);
  return judged(world, answer, operation);
}

/** @throws HoldallError what the answer means, `not-aws` when it is no JSON */
function judged(world: DoctorWorld, answer: ProbeAnswer, operation: string): Record<string, unknown> {
  if (answer.status !== 200) throw world.aws.explain("dynamodb", answer, { action: `dynamodb:${operation}` });
  try {
    return JSON.parse(answer.body);
  } catch (cause) {
    throw new HoldallError("not-aws", { subs: ["DynamoDB"], service: "dynamodb", status: answer.status }, { cause });
  }
}

function keyOf({ identity, profile, sortKey }: DoctorWorld): Record<string, { S: string }> {
  return { [profile.table.partitionKey]: { S: identity }, [profile.table.sortKey]: { S: sortKey } };
}

function tableFacts({ profile }: DoctorWorld): Record<string, string> {
  const { name, partitionKey, sortKey } = profile.table;
  return { table: name, tableKeys: `${partitionKey}, ${sortKey}`, region: profile.region };
}

/** Sort keys of runs that began before this one, ten minutes ago at least, and never ended. */
function old({ deps, profile }: DoctorWorld, answer: Record<string, unknown>): string[] {
  const items = Array.isArray(answer.Items) ? answer.Items : [];
  const keys = items.map((item) => item?.[profile.table.sortKey]?.S).filter((key) => typeof key === "string");
  return keys.filter((key) => deps.isOldRun(key.slice(itemPrefix.length)));
}
