/** A connected site's reach: with what its requests would be signed with, its own area and nothing else of the person's. */
import type { Step } from "../step.ts";
import type { ProofWorld } from "./proof-world.ts";
import { allowed, denied, orUnproven, type Try } from "./tries.ts";

const as = "site" as const;
const writes = true as const;

export const siteSteps: Step<ProofWorld>[] = [
  {
    id: "site.session",
    needs: ["sign-in"],
    timeout: 15_000,
    async run(world, signal) {
      // An identity pool's enhanced flow takes no session policy: there the background's own check stands alone.
      if (world.deps.siteCredentials === null) return { state: "skipped", facts: { because: "identity-pool" } };
      return await orUnproven({}, signal, async (limit) => {
        await world.connectSite(limit);
        return { facts: world.siteArea };
      });
    },
  },
  allowed(
    "site.own.object",
    async (world, ask) => {
      const key = `${world.siteArea.folder}${world.runId}`;
      world.objects.set(key, null);
      const put = await ask("s3:PutObject", s3({ method: "PUT", key, headers: { "if-none-match": "*" }, body: "x" }));
      world.objects.set(key, put.headers["x-amz-version-id"] ?? null);
      const answer = await ask("s3:GetObject", s3({ method: "GET", key }));
      return { action: "s3:PutObject, s3:GetObject", on: key, answer };
    },
    { as, writes },
  ),
  allowed(
    "site.own.item",
    async (world, ask) => {
      const item = { partition: world.siteArea.partition, sort: world.runId };
      const TableName = world.profile.table.name;
      world.items.push(item);
      await ask("dynamodb:PutItem", dynamodb("PutItem", { TableName, Item: world.keyOf(item) }));
      const answer = await ask("dynamodb:GetItem", dynamodb("GetItem", { TableName, Key: world.keyOf(item) }));
      return { action: "dynamodb:PutItem, dynamodb:GetItem", on: item.partition, answer };
    },
    { as, writes },
  ),
  denied(
    "site.other.object",
    (world) => {
      const key = world.ownObject("proof");
      return { actions: ["s3:GetObject"], on: key, tries: [s3({ method: "GET", key })] };
    },
    { as, needs: ["site.session", "own.objects.put"] },
  ),
  denied(
    "site.other.item",
    (world) => {
      const input = { TableName: world.profile.table.name, Key: world.keyOf(world.ownItem) };
      return { actions: ["dynamodb:GetItem"], on: world.identity, tries: [dynamodb("GetItem", input)] };
    },
    { as, after: ["own.items.put"] },
  ),
  denied(
    "site.other.list",
    (world) => {
      const prefix = `${world.identity}/`;
      const query = { "list-type": "2", "max-keys": "1", prefix };
      return { actions: ["s3:ListBucket"], on: `"${prefix}"`, tries: [s3({ method: "GET", query })] };
    },
    { as },
  ),
  denied(
    "site.other.site",
    (world) => {
      const partition = `${world.identity}#app#another`;
      const Key = world.keyOf({ partition, sort: "probe" });
      return {
        ...{ actions: ["dynamodb:GetItem"], on: partition },
        tries: [dynamodb("GetItem", { TableName: world.profile.table.name, Key })],
      };
    },
    { as },
  ),
  denied(
    "site.probe",
    (world) => {
      const [key] = world.target.objects;
      return { actions: ["s3:GetObject"], on: key, tries: [s3({ method: "GET", key })] };
    },
    { as },
  ),
];

const s3 = (request: Extract<Try, { service: "s3" }>["request"]): Try => ({ service: "s3", request });
const dynamodb = (operation: string, input: object): Try => ({ service: "dynamodb", operation, input });
