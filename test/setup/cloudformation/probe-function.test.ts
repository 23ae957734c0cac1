import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { localSettings } from "../../../local/config.ts";
import { renderCloudFormation } from "../../../src/setup/cloudformation/render-cloudformation.ts";
import { PROBE_ITEMS, PROBE_OBJECTS } from "../../../src/setup/probe.ts";
import { type RoleCredentials, startTestAws, type TestAws } from "../../local/support/test-aws.ts";
import { evaluate, type Template } from "./evaluate-template.ts";

/**
 * The function of the template, as the template has it, with the rights that the template gives it, against the local AWS: its
 * code runs here in place of Lambda, with the AWS SDK that Lambda has too.
 */
const OPEN = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };

let aws: TestAws;
let credentials: RoleCredentials;
let cloudFormation: Server;
let answers: { type: string | undefined; body: Record<string, string> }[];
const environment = { ...process.env };

beforeAll(async () => {
  aws = await startTestAws();
  credentials = await aws.credentialsOf("alice");
  cloudFormation = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    answers.push({ type: request.headers["content-type"], body: JSON.parse(text) });
    response.end();
  }).listen(0, "127.0.0.1");
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: aws.region,
    AWS_ENDPOINT_URL_S3: aws.info.endpoints.s3,
    AWS_ENDPOINT_URL_DYNAMODB: aws.info.endpoints.dynamodb,
  });
}, 60_000);
beforeEach(() => {
  answers = [];
});
afterEach(() => aws.control("DELETE", "/iam"));
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(environment, name)) delete process.env[name];
  Object.assign(process.env, environment);
  cloudFormation.close();
  await aws.dispose();
});

/** The template as it is when applied to the local account. */
function applied() {
  const settings = localSettings("https://login.example.com/");
  const template: Template = JSON.parse(renderCloudFormation(settings));
  const resources = { Bucket: aws.bucket, Table: aws.table, "ProbeFunction.Arn": "f", "ProbeRole.Arn": "r" };
  const place = { account: settings.account, region: settings.region, parameters: {}, resources };
  const of = (name: string) =>
    evaluate(template.Resources[name]?.Properties, template, place) as Record<string, unknown> & {
      Policies: { PolicyDocument: object }[];
      Code: { ZipFile: string };
    };
  return { probe: of("Probe"), role: of("ProbeRole"), code: of("ProbeFunction").Code.ZipFile };
}

/** @returns how often it slept */
async function run(event: object): Promise<number> {
  const { code, probe } = applied();
  const { port } = cloudFormation.address() as AddressInfo;
  let slept = 0;
  const atOnce = (go: () => void) => {
    slept += 1;
    setImmediate(go);
  };
  const exports: { handler?: (event: object) => Promise<void> } = {};
  new Function("require", "exports", "setTimeout", code)(createRequire(import.meta.url), exports, atOnce);
  await exports.handler?.({
    RequestType: "Create",
    ResponseURL: `http://127.0.0.1:${port}/answer?signature=x`,
    StackId: "stack",
    RequestId: "request",
    LogicalResourceId: "Probe",
    ResourceProperties: probe,
    ...event,
  });
  return slept;
}

const grant = (policy: object) => aws.control("PUT", "/iam/permission-policy", { role: "holdall-person", policy });

async function versions(): Promise<number> {
  const list = new ListObjectVersionsCommand({ Bucket: aws.bucket, Prefix: "holdall-probe/" });
  return (await aws.s3(credentials).send(list)).Versions?.length ?? 0;
}

test("with the rights of its role it puts all of the probe, and tells CloudFormation", async () => {
  await grant(OPEN);
  const before = await versions();
  await grant(applied().role.Policies[0]?.PolicyDocument ?? {});
  expect(await run({})).toBe(0);
  expect(answers).toEqual([
    {
      // CloudFormation's URL is signed for none.
      type: undefined,
      body: {
        StackId: "stack",
        RequestId: "request",
        LogicalResourceId: "Probe",
        PhysicalResourceId: "holdall-probe",
        Status: "SUCCESS",
      },
    },
  ]);
  await grant(OPEN);
  expect(await versions()).toBe(before + PROBE_OBJECTS.length);
  for (const Key of PROBE_OBJECTS) {
    const { Body, ContentType } = await aws.s3(credentials).send(new GetObjectCommand({ Bucket: aws.bucket, Key }));
    expect([ContentType, await Body?.transformToString()]).toEqual(["text/plain", applied().probe.Text]);
  }
  for (const { partition, sort } of PROBE_ITEMS) {
    const Key = { pk: { S: partition }, sk: { S: sort } };
    const { Item } = await aws.dynamodb(credentials).send(new GetItemCommand({ TableName: aws.table, Key }));
    expect(Item).toEqual({ ...Key, note: { S: applied().probe.Text } });
  }
});

test("those rights reach nothing else, not even to read the probe", async () => {
  await grant(applied().role.Policies[0]?.PolicyDocument ?? {});
  const s3 = aws.s3(credentials);
  const get = new GetObjectCommand({ Bucket: aws.bucket, Key: PROBE_OBJECTS[0] });
  await expect(s3.send(get)).rejects.toThrow(expect.objectContaining({ name: "AccessDenied" }));
  const { probe } = applied();
  for (const more of [
    { Objects: ["alice/a.txt"], Items: [] },
    {
      Objects: [],
      Items: [
        [
          ["pk", "alice"],
          ["sk", "a"],
        ],
      ],
    },
  ]) {
    answers = [];
    await run({ ResourceProperties: { ...probe, ...more } });
    expect(answers[0]?.body).toMatchObject({ Status: "FAILED", Reason: expect.stringMatching(/^AccessDenied/) });
  }
});

test("rights that do not count yet are waited for; what stays denied is said", async () => {
  await grant({ Version: "2012-10-17", Statement: [] });
  expect(await run({})).toBe(10);
  expect(answers.map(({ body }) => body.Status)).toEqual(["FAILED"]);
  await grant(OPEN);
  const { probe } = applied();
  expect(await run({ ResourceProperties: { ...probe, Table: "nowhere" } })).toBe(0);
  expect(answers[1]?.body).toMatchObject({ Status: "FAILED", Reason: expect.stringContaining("ResourceNotFound") });
});

test("a deleted stack leaves it all in place", async () => {
  await grant(OPEN);
  const before = await versions();
  await grant({ Version: "2012-10-17", Statement: [] });
  await run({ RequestType: "Delete" });
  expect(answers.map(({ body }) => body.Status)).toEqual(["SUCCESS"]);
  await grant(OPEN);
  expect(await versions()).toBe(before);
});
