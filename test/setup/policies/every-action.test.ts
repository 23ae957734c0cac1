import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyAllows } from "../../../local/iam/evaluate.ts";
import { BROKEN_POLICIES } from "../../support/broken-policies.ts";
import { everyAction, SERVICES } from "./questions.ts";
import { allows, WAYS, WEB_IDENTITY } from "./ways.ts";

/** All that a person may, on what is their own. Whoever adds to it says why in DESIGN's policy too. */
const INTENDED = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:DeleteObjectTagging",
  "s3:DeleteObjectVersion",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionTagging",
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectTagging",
];

/** "No permissions are required to perform this operation", and no policy can deny it. (STS API reference.) */
const FREE = ["sts:GetCallerIdentity"];

const ROLE = "arn:aws:iam::111122223333:role/holdall-person";

describe.each(WAYS)("by $name, of every action of the four services", (way) => {
  test("exactly the intended ones are allowed on what is one's own, each on all of it", async () => {
    const all = await everyAction(way);
    for (const service of SERVICES) {
      expect(all.filter(({ action }) => action.startsWith(`${service}:`)).length).toBeGreaterThan(10);
    }
    const partly: string[] = [];
    const allowed = all.filter(({ action, own }) => {
      const verdicts = own.map((question) => allows(way, way.identity, question));
      if (new Set(verdicts).size > 1) partly.push(action);
      return verdicts.includes(true);
    });
    expect(allowed.map(({ action }) => action).sort()).toEqual(INTENDED);
    expect(partly).toEqual([]);
  });

  test("none is allowed on anything else", async () => {
    const holes: string[] = [];
    let asked = 0;
    for (const { action, others } of await everyAction(way)) {
      expect(others.length).toBeGreaterThan(0);
      for (const question of others) {
        asked += 1;
        if (allows(way, way.identity, question) !== FREE.includes(action)) holes.push(`${action}: ${question.what}`);
      }
    }
    expect(holes).toEqual([]);
    expect(asked).toBeGreaterThan(1_000);
  });

  test("none is allowed to a session that has no identity, or somebody else's", async () => {
    const nameless = { ...way, session: () => ({}) };
    for (const { action, own } of await everyAction(way)) {
      for (const question of own) {
        expect([action, question.what, allows(nameless, "", question)]).toEqual([action, question.what, false]);
        expect([action, question.what, allows(way, way.other, question)]).toEqual([action, question.what, false]);
      }
    }
  });
});

test("the other way's variable opens nothing: a subject is no identity id", async () => {
  const [first, second] = WAYS;
  if (first === undefined || second === undefined) throw new Error("two ways");
  for (const [way, stranger] of [
    [first, second],
    [second, first],
  ] as const) {
    const question = { action: "s3:GetObject", resource: `arn:aws:s3:::files-example/${way.identity}/a`, context: {} };
    expect(allows(way, way.identity, question)).toBe(true);
    expect(allows({ ...way, session: stranger.session }, way.identity, question)).toBe(false);
  }
});

test("the simulator would notice: with a policy for everything nothing is denied", async () => {
  const open = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
  for (const { own, others } of await everyAction(WEB_IDENTITY)) {
    for (const question of [...own, ...others]) {
      expect(policyAllows(open, { ...question, roleArn: ROLE, accountId: "111122223333" })).toBe(true);
    }
  }
});

describe.each(WAYS)("by $name, the questions", (way) => {
  test.each(BROKEN_POLICIES)("would find $name", async ({ permissionPolicy, reach }) => {
    const { action } = reach(way.settings, way.identity);
    const broken = { ...way, permissionPolicy: permissionPolicy(way.settings) };
    const asked = (await everyAction(way)).filter((one) => one.action === action);
    const holes = asked.flatMap(({ others }) => others.filter((one) => allows(broken, way.identity, one)));
    expect(holes.length).toBeGreaterThan(0);
  });
});

test("two people whom the trust policy lets in never meet, whatever they are called", () => {
  const name = fc
    .array(
      fc.constantFrom("a", "A", "b", "|", ":", "-", ".", "%2F", " ", "ü", "*", "?", "$", "{", "}", "#app", "app", "\\"),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((parts) => parts.join(""))
    // What the trust policy refuses; its own test shows that it does.
    .filter((text) => !/[/#*?$]/.test(text) && text !== "." && text !== "..");
  fc.assert(
    fc.property(name, name, (one, two) => {
      fc.pre(one !== two);
      const way = WEB_IDENTITY;
      const bucket = `arn:aws:s3:::${way.settings.bucket}`;
      const table = `arn:aws:dynamodb:eu-central-1:111122223333:table/${way.settings.table}`;
      const object = (who: string) => ({ action: "s3:GetObject", resource: `${bucket}/${who}/a`, context: {} });
      const item = (key: string) => ({
        action: "dynamodb:GetItem",
        resource: table,
        context: { "dynamodb:LeadingKeys": [key] },
      });
      const list = (who: string) => ({
        action: "s3:ListBucket",
        resource: bucket,
        context: { "s3:prefix": `${who}/` },
      });
      for (const [who, expected] of [
        [one, true],
        [two, false],
      ] as const) {
        for (const question of [object(who), item(who), item(`${who}#app#notes`), list(who)]) {
          expect([question, allows(way, one, question)]).toEqual([question, expected]);
        }
      }
    }),
    { numRuns: 200 },
  );
});
