/** Whatever comes over a site's port: the background answers with a code or says nothing, lives on, and writes what was asked only. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { siteMethods } from "../../../src/messaging/site-methods.ts";
import { siteErrorCodes } from "../../../src/shared/site/site-error.ts";
import { sender } from "../../platform/fake-browser.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const origin = "https://notes.example";
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
let world: BackgroundWorld;

beforeAll(async () => {
  console.info(`fuzz seed: ${seed}`);
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
  await connectSite(world, origin, { limits: { requestsPerMinute: 100_000, bytesPerDay: 1e9 } });
  // The first request has Holdall write what the person is known by.
  const page = openSitePage(world, origin);
  await page.hello();
  await page.request("permissions", {});
  await world.requests();
});
afterAll(async () => {
  await world.call("session.signOut", { profile: world.profile });
  await world.close();
  vi.restoreAllMocks();
});

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });
const word = fc.oneof(
  fc.string(),
  fc.constantFrom("a", "../x", "holdall#settings", "/", "", "\u0000", "\ud800", "__proto__"),
);
const params = fc.oneof(
  anything,
  fc.record(
    {
      ...{ key: word, path: word, prefix: word, cursor: word, ifMatch: fc.oneof(word, fc.constant(null)) },
      ...{ value: fc.oneof(anything, fc.dictionary(word, anything)), limit: fc.oneof(fc.integer(), anything) },
      ...{ set: anything, remove: fc.array(word), start: fc.double(), end: fc.double() },
    },
    { requiredKeys: [] },
  ),
);
const method = fc.oneof(fc.constantFrom(...Object.keys(siteMethods).filter((name) => name !== "connect")), fc.string());
/** None that the page of the test gives to its own requests, which would take the answer for theirs. */
const call = fc.integer({ min: 1000, max: 1050 });
const message = fc.oneof(
  anything,
  fc.record({ type: fc.constantFrom("more", "cancel", "hello", "welcome", "x"), call: fc.oneof(call, anything) }),
  fc.record({
    type: fc.constant("request"),
    call: fc.oneof(call, fc.integer({ min: 1000, max: 1e6 })),
    method,
    params,
  }),
);

function cloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

describe("messages of any form", () => {
  test("are answered by a code or not at all", { timeout: 120_000 }, async () => {
    const page = openSitePage(world, origin);
    expect(await page.hello()).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.array(message.filter(cloneable), { maxLength: 8 }), async (messages) => {
        for (const one of messages) page.send(one);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }),
      { seed, numRuns: 300 },
    );
    await page.request("permissions", {});
    for (const { type, result } of page.sent()) {
      expect(["welcome", "answer", "event", "piece", "end", "failed"]).toContain(type);
      if (type === "answer" && result?.ok === false) {
        expect(Object.keys(siteErrorCodes)).toContain(result.error.code);
        expect(JSON.stringify(result.error)).not.toMatch(/ASIA|arn:|eyJ/);
      }
    }
    const log = (await world.control("GET", "/requests")) as {
      key?: string;
      identity: string | null;
      operation: string;
    }[];
    const writes = log.filter(({ operation }) => /^(?:Put|Update|Delete)(?:Item|Object)$/.test(operation));
    for (const { key = "" } of writes) expect(key).toMatch(/#app#https_notes\.example|\/apps\/https_notes\.example\//);
  });
});

describe("who is at the other end", () => {
  const ways: [what: string, origin: string, change: Record<string, unknown>][] = [
    ["a site that nobody connected", "https://other.example", {}],
    ["the same host on another port", "https://notes.example:8443", {}],
    ["the same host without TLS", "http://notes.example", {}],
    ["a look-alike", "https://notes.example.evil.test", {}],
    ["a host below it", "https://a.notes.example", {}],
    ["a frame of the site", origin, { frameId: 7 }],
    ["a sandboxed document", "null", { url: `${origin}/` }],
    ["a sandboxed document whose origin is not told", origin, { origin: "null" }],
    ["a page that is only prepared", origin, { documentLifecycle: "prerender" }],
    ["a page in the back/forward cache", origin, { documentLifecycle: "cached" }],
    ["no tab", origin, { tab: undefined }],
    ["another extension", origin, { id: "another" }],
    ["an extension page", sender("/app.html").origin as string, {}],
  ];

  test.each(ways)("%s is refused without a word", async (_, from, change) => {
    const page = openSitePage(world, from, change);
    expect(await page.hello()).toBe(false);
    page.send({ type: "request", call: 1, method: "items.put", params: { key: "x", value: {} } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(page.sent()).toEqual([]);
  });

  test("nobody is answered before hello, nor after the document is gone", async () => {
    const page = openSitePage(world, origin);
    page.send({ type: "request", call: 1, method: "permissions", params: {} });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(page.sent()).toEqual([]);
    expect(await page.hello()).toBe(true);
    page.send({ type: "request", call: 2, method: "items.put", params: { key: "gone", value: {} } });
    page.port.disconnect();
    page.port.onDisconnect.emit(page.port);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(page.sent()).toEqual([{ type: "welcome" }]);
  });
});

test("a flood from one site is turned away, and another site and the person's pages are answered meanwhile", async () => {
  const near = "https://near.example";
  await connectSite(world, near);
  const [flood, calm] = [openSitePage(world, origin), openSitePage(world, near)];
  await flood.hello();
  await calm.hello();
  for (let sent = 0; sent < 20_000; sent++) flood.begin("items.get", { key: "x" });
  const before = Date.now();
  await calm.request("items.get", { key: "y" });
  await world.view();
  expect(Date.now() - before).toBeLessThan(3000);
  const codes = flood.sent().flatMap(({ result }) => (result?.ok === false ? [result.error.code] : []));
  expect(codes.filter((code) => code === "over-limit").length).toBeGreaterThan(10_000);
});
