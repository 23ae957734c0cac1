import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parseProfile } from "../../../src/profiles/parse-profile.ts";
import { startTestAws, type TestAws } from "../support/test-aws.ts";

let aws: TestAws;
beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/directory"));

const link = () => fetch(`${aws.info.directory}/.well-known/holdall.json`, { redirect: "manual" });
const behave = (input: object) => aws.control("PUT", "/directory", input);

test("gives a profile to everybody, without CORS", async () => {
  const answer = await link();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(parseProfile(await answer.text())).toEqual(aws.info.profiles[0]);
});

test("gives any of the three, each of which can be imported", async () => {
  for (const [linkedProfile, profile] of aws.info.profiles.entries()) {
    await behave({ linkedProfile });
    expect(parseProfile(await (await link()).text())).toEqual(profile);
  }
});

test("a redirect to another origin, which has the profile", async () => {
  await behave({ link: "redirect" });
  const answer = await link();
  expect(answer.status).toBe(302);
  const target = new URL(answer.headers.get("location") ?? "");
  expect(target.origin).toBe(aws.info.directory.replace("127.0.0.1", "localhost"));
  target.hostname = "127.0.0.1";
  expect(await (await fetch(target)).json()).toEqual(aws.info.profiles[0]);
});

test("5 MB, HTML, nothing there", async () => {
  await behave({ link: "large" });
  expect((await (await link()).arrayBuffer()).byteLength).toBeGreaterThan(5 * 1024 * 1024);
  await behave({ link: "html" });
  expect((await link()).headers.get("content-type")).toContain("text/html");
  await behave({ link: "missing" });
  expect((await link()).status).toBe(404);
});

test("fault switches hit it", async () => {
  await aws.control("POST", "/faults", { operation: "profileLink", kind: "error", status: 503 });
  expect((await link()).status).toBe(503);
  expect((await link()).status).toBe(200);
});
