import type { Authorization } from "../../local/service.ts";
import { subjectVariable } from "../../src/setup/identity-pool.ts";
import type { PolicyDocument, PolicyStatement } from "../../src/setup/policy-document.ts";
import { PROBE_IDENTITY, PROBE_ITEMS, PROBE_OBJECTS } from "../../src/setup/probe.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";
import type { SetupSettings } from "../../src/setup/settings.ts";

/** A permission policy with one deliberate fault in it. Each is one that people have written. */
export interface BrokenPolicy {
  /** Unique, for the test's title. */
  name: string;
  /** What it lets a person do, in a sentence. */
  hole: string;
  permissionPolicy(settings: SetupSettings): PolicyDocument;
  /** What setup's policy denies to `identity` and this one allows: the shortest way through the hole. */
  reach(settings: SetupSettings, identity: string): Authorization;
}

type Change = (statement: PolicyStatement, subject: string) => Partial<PolicyStatement>;

export const BROKEN_POLICIES: readonly BrokenPolicy[] = [
  {
    name: "items without a condition",
    hole: "everybody's items",
    ...changes("OwnItems", () => ({ Condition: {} })),
    ...item("GetItem", [PROBE_IDENTITY]),
  },
  {
    name: "leading keys by ForAnyValue",
    hole: "another's item in a batch with one of one's own",
    ...changes("OwnItems", ({ Condition }) => ({
      Condition: { "ForAnyValue:StringLike": Condition?.["ForAllValues:StringLike"] ?? {} },
    })),
    reach: (settings, identity) => keyed(settings, "BatchGetItem", [identity, PROBE_IDENTITY]),
  },
  {
    name: "leading keys without Null, Scan among the actions",
    hole: "the whole table by Scan: a condition on keys that a request does not have is met",
    ...changes("OwnItems", ({ Action, Condition }) => ({
      Action: [Action, "dynamodb:Scan"].flat(),
      Condition: { "ForAllValues:StringLike": Condition?.["ForAllValues:StringLike"] ?? {} },
    })),
    ...table("Scan"),
  },
  {
    name: "Scan in a statement of its own",
    hole: "the whole table by Scan",
    ...adds(({ table }) => ({ Action: "dynamodb:Scan", Resource: table })),
    ...table("Scan"),
  },
  {
    name: "PartiQL in a statement of its own",
    hole: "the whole table by SELECT",
    ...adds(({ table }) => ({ Action: "dynamodb:PartiQLSelect", Resource: table })),
    ...table("PartiQLSelect"),
  },
  {
    name: "deletes without a condition",
    hole: "deleting another's item",
    ...adds(({ table }) => ({ Action: "dynamodb:DeleteItem", Resource: table })),
    ...item("DeleteItem", [PROBE_IDENTITY]),
  },
  {
    name: "updates without a condition",
    hole: "changing another's item",
    ...adds(({ table }) => ({ Action: "dynamodb:UpdateItem", Resource: table })),
    ...item("UpdateItem", [PROBE_IDENTITY]),
  },
  {
    name: "partitions of sites by a pattern for anybody",
    hole: "the items that sites keep for another person",
    ...changes("OwnItems", ({ Condition }, subject) => ({
      Condition: { ...Condition, "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [subject, "*#app#*"] } },
    })),
    ...item("Query", [PROBE_ITEMS[1].partition]),
  },
  {
    name: "leading keys that only begin with the identity",
    hole: "items of people whose identity begins with one's own",
    ...changes("OwnItems", ({ Condition }, subject) => ({
      Condition: { ...Condition, "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${subject}*`] } },
    })),
    reach: (settings, identity) => keyed(settings, "GetItem", [`${identity}x`]),
  },
  {
    name: "every table",
    hole: "one's partition key in any table of the account",
    ...changes("OwnItems", ({ Resource }) => ({ Resource: String(Resource).replace(/table\/.*$/, "table/*") })),
    reach: (settings, identity) => keyed({ ...settings, table: `${settings.table}-other` }, "GetItem", [identity]),
  },
  {
    name: "every object",
    hole: "everybody's objects",
    ...changes("OwnObjects", ({ Resource }) => ({ Resource: bucketOf(Resource, "/*") })),
    ...object("GetObject", PROBE_OBJECTS[0]),
  },
  {
    name: "the identity as a prefix without its slash",
    hole: "the folders of people whose identity begins with one's own",
    ...changes("OwnObjects", ({ Resource }, subject) => ({ Resource: bucketOf(Resource, `/${subject}*`) })),
    reach: (settings, identity) => onObject(settings, "PutObject", `${identity}x/probe.txt`),
  },
  {
    name: "reading without the identity",
    hole: "reading everybody's objects",
    ...adds(({ bucket }) => ({ Action: "s3:GetObject", Resource: `${bucket}/*` })),
    ...object("GetObject", PROBE_OBJECTS[0]),
  },
  {
    name: "writing without the identity",
    hole: "overwriting everybody's objects",
    ...adds(({ bucket }) => ({ Action: "s3:PutObject", Resource: `${bucket}/*` })),
    ...object("PutObject", PROBE_OBJECTS[0]),
  },
  {
    name: "deleting without the identity",
    hole: "deleting everybody's objects",
    ...adds(({ bucket }) => ({ Action: "s3:DeleteObject", Resource: `${bucket}/*` })),
    ...object("DeleteObject", PROBE_OBJECTS[0]),
  },
  {
    name: "versions without the identity",
    hole: "reading old versions of everybody's objects",
    ...adds(({ bucket }) => ({ Action: "s3:GetObjectVersion", Resource: `${bucket}/*` })),
    ...object("GetObjectVersion", PROBE_OBJECTS[0]),
  },
  {
    name: "sites' folders of anybody",
    hole: "the objects that sites keep for another person",
    ...adds(({ bucket }) => ({ Action: ["s3:GetObject", "s3:PutObject"], Resource: `${bucket}/*/apps/*` })),
    ...object("GetObject", PROBE_OBJECTS[1]),
  },
  {
    name: "lists without a condition",
    hole: "the names of everybody's objects",
    ...changes("ListOwnFolder", () => ({ Condition: {} })),
    reach: (settings) => onBucket(settings, "ListBucket", {}),
  },
  {
    name: "lists on condition of a prefix, if there is one",
    hole: "the names of everybody's objects, by a list without a prefix",
    ...changes("ListOwnFolder", ({ Condition }) => ({
      Condition: { StringLikeIfExists: Condition?.StringLike ?? {} },
    })),
    reach: (settings) => onBucket(settings, "ListBucket", {}),
  },
  {
    name: "lists by the identity without its slash",
    hole: "the names of objects of people whose identity begins with one's own",
    ...changes("ListOwnFolder", (_, subject) => ({ Condition: { StringLike: { "s3:prefix": `${subject}*` } } })),
    reach: (settings, identity) => onBucket(settings, "ListBucket", { "s3:prefix": identity }),
  },
  {
    name: "lists of versions without a condition",
    hole: "the names of everybody's objects, by the list of their versions",
    ...adds(({ bucket }) => ({ Action: "s3:ListBucketVersions", Resource: bucket })),
    reach: (settings) => onBucket(settings, "ListBucketVersions", {}),
  },
  {
    name: "lists of uploads",
    hole: "the names of what everybody is uploading: IAM knows no prefix there",
    ...adds(({ bucket }) => ({ Action: "s3:ListBucketMultipartUploads", Resource: bucket })),
    reach: (settings) => onBucket(settings, "ListBucketMultipartUploads", {}),
  },
];

/** Setup's policy with another form of one statement. */
function changes(sid: string, change: Change): Pick<BrokenPolicy, "permissionPolicy"> {
  return {
    permissionPolicy(settings) {
      const policy = renderSetup(settings).permissionPolicy;
      const Statement = policy.Statement.map((statement) =>
        statement.Sid === sid ? { ...statement, ...change(statement, subjectVariable(settings)) } : statement,
      );
      return { ...policy, Statement };
    },
  };
}

/** Setup's policy with one statement more. */
function adds(
  more: (arns: { table: string; bucket: string }) => Pick<PolicyStatement, "Action" | "Resource">,
): Pick<BrokenPolicy, "permissionPolicy"> {
  return {
    permissionPolicy(settings) {
      const policy = renderSetup(settings).permissionPolicy;
      const arns = { table: tableArn(settings), bucket: bucketArn(settings) };
      return { ...policy, Statement: [...policy.Statement, { Sid: "Added", Effect: "Allow", ...more(arns) }] };
    },
  };
}

const bucketArn = ({ bucket, options }: SetupSettings) => `arn:${options.partition}:s3:::${bucket}`;
const bucketOf = (resource: PolicyStatement["Resource"], rest: string) =>
  `${String(resource).slice(0, String(resource).indexOf("/"))}${rest}`;

const tableArn = ({ options, region, account, table: name }: SetupSettings) =>
  `arn:${options.partition}:dynamodb:${region}:${account}:table/${name}`;

function keyed(settings: SetupSettings, action: string, keys: string[]): Authorization {
  return {
    action: `dynamodb:${action}`,
    resource: tableArn(settings),
    context: keys.length === 0 ? {} : { "dynamodb:LeadingKeys": keys },
  };
}

const onObject = (settings: SetupSettings, action: string, key: string): Authorization => ({
  action: `s3:${action}`,
  resource: `${bucketArn(settings)}/${key}`,
  context: {},
});

const onBucket = (settings: SetupSettings, action: string, context: Record<string, string>): Authorization => ({
  action: `s3:${action}`,
  resource: bucketArn(settings),
  context,
});

function item(action: string, keys: string[]): Pick<BrokenPolicy, "reach"> {
  return { reach: (settings) => keyed(settings, action, keys) };
}

function table(action: string): Pick<BrokenPolicy, "reach"> {
  return { reach: (settings) => keyed(settings, action, []) };
}

function object(action: string, key: string): Pick<BrokenPolicy, "reach"> {
  return { reach: (settings) => onObject(settings, action, key) };
}
