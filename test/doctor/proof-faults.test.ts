/** Where no service answers, nothing is proven: neither green nor red. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { idsOf, type ProofTest, startProof } from "./support/proof-world.ts";
import { openLine, type UnsteadyLine } from "./support/unsteady-line.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let proof: ProofTest;
let s3: UnsteadyLine;
let dynamodb: UnsteadyLine;

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  [s3, dynamodb] = await Promise.all([openLine(), openLine()]);
  proof = await startProof(browser, "webIdentity", (profile) => {
    s3.target = profile.endpoints.s3 ?? "";
    dynamodb.target = profile.endpoints.dynamodb ?? "";
    return { ...profile, endpoints: { ...profile.endpoints, s3: s3.url, dynamodb: dynamodb.url } };
  });
  await proof.world.signIn("alice");
}, 30_000);
afterAll(async () => {
  await proof.world.close();
  s3.close();
  dynamodb.close();
});
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  s3.state = "up";
  dynamodb.state = "up";
});

/** Lines by the service that they ask. */
async function linesBy(ids: (done: Awaited<ReturnType<ProofTest["run"]>>) => string[]) {
  const all = ids(await proof.run());
  const ofDynamoDb = (id: string) => /items?(\.|$)|site\.other\.site/.test(id);
  return { dynamodb: all.filter(ofDynamoDb), s3: all.filter((id) => !ofDynamoDb(id)) };
}

test("over lines that hold it is green", async () => {
  const done = await proof.run();
  expect(idsOf(done, "passed")).toHaveLength(done.steps.length);
});

test.each(["cut", "silent"] as const)(
  "S3's line is %s: none of its lines is green or red",
  async (state) => {
    s3.state = state;
    let red: string[] = [];
    const passed = await linesBy((done) => {
      red = idsOf(done, "failed");
      return idsOf(done, "passed");
    });
    expect(passed.s3).toEqual(["sign-in", "site.session"]);
    expect(passed.dynamodb.length).toBeGreaterThan(20);
    expect(red).toEqual([]);
  },
  30_000,
);

test("DynamoDB's line is cut: none of its lines is green or red", async () => {
  dynamodb.state = "cut";
  let red: string[] = [];
  const passed = await linesBy((done) => {
    red = idsOf(done, "failed");
    return idsOf(done, "passed");
  });
  expect(passed.dynamodb).toEqual([]);
  expect(passed.s3.length).toBeGreaterThan(20);
  expect(red).toEqual([]);
});

test("STS is cut: a site's reach is unproven", async () => {
  await proof.world.control("POST", "/faults", {
    operation: "AssumeRoleWithWebIdentity",
    kind: "cutBefore",
    count: null,
  });
  const done = await proof.run();
  await proof.world.control("DELETE", "/faults");
  expect(idsOf(done, "failed")).toEqual([]);
  expect(idsOf(done, "unproven")).toContain("site.session");
  expect(idsOf(done, "passed").filter((id) => id.startsWith("site."))).toEqual([]);
}, 30_000);
