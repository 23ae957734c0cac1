import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBlockedHost } from "../../../../src/captures/blocked-host.ts";
import { createTakeRules, type GuardedTake, rulesFor } from "../../../../src/captures/take/source/take-rules.ts";
import type { RequestRule } from "../../../../src/platform/request-rules.ts";

const take = (change: Partial<GuardedTake> = {}): GuardedTake => ({
  ...{ url: "https://cdn.example/cat.png", page: "https://notes.example/a?b#c", ownHosts: ["127.0.0.1:4000"] },
  ...{ allowAddress: false, ...change },
});

const blocks = rulesFor([take()]).filter(({ action }) => action.type === "block");
const isBlocked = (url: string) => blocks.some(({ regexFilter = "" }) => new RegExp(regexFilter).test(url));

describe("the guard", () => {
  test.each([
    ...[
      "http://127.0.0.1/",
      "http://127.0.0.1:8080/a",
      "https://10.1.2.3/",
      "http://0.0.0.0/",
      "http://169.254.169.254/",
    ],
    ...[
      "http://172.16.0.1/",
      "http://172.31.255.255/",
      "http://192.168.0.1/",
      "http://100.64.0.1/",
      "http://198.18.0.1/",
    ],
    ...[
      "http://192.0.0.8/",
      "http://224.0.0.1/",
      "http://255.255.255.255/",
      "http://localhost/",
      "http://a.localhost:3/",
    ],
    ...[
      "http://[::1]/",
      "http://[fe80::1]/",
      "http://[fd00::1]/",
      "http://[::ffff:7f00:1]/",
      "http://[64:ff9b::a00:1]/",
    ],
  ])("stops %s", (url) => expect(isBlocked(url)).toBe(true));

  test.each([
    ...["https://notes.example/", "http://8.8.8.8/", "http://172.15.0.1/", "http://172.32.0.1/", "http://100.128.0.1/"],
    ...["https://10.example.com/", "https://127.0.0.1.example/", "http://[2a00::1]/", "https://localhost.example/"],
    ...["https://notes.example/?u=http://127.0.0.1/", "http://192.169.0.1/", "http://198.20.0.1/"],
  ])("lets %s through", (url) => expect(isBlocked(url)).toBe(false));

  test("stops every literal address that is refused before", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().map((ip) => `[${ip}]`),
        ),
        (host) => {
          if (!URL.canParse(`http://${host}/`)) return;
          const url = new URL(`http://${host}/`);
          if (isBlockedHost(url)) expect(isBlocked(url.href)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("spares the profile's own services, by host and port", () => {
    const allowed = rulesFor([take()]).filter(({ action }) => action.type === "allow");
    expect(allowed.map(({ urlFilter }) => urlFilter)).toEqual(["|http://127.0.0.1:4000/", "|https://127.0.0.1:4000/"]);
    for (const { priority } of allowed) expect(priority).toBeGreaterThan(blocks[0]?.priority ?? 9);
  });

  test("is away where the person said so", () => {
    expect(rulesFor([take({ allowAddress: true })]).filter(({ action }) => action.type === "block")).toEqual([]);
  });
});

describe("the Referer", () => {
  const refererFor = (change: Partial<GuardedTake>) =>
    rulesFor([take(change)]).flatMap(({ action }) => ("referer" in action ? [action.referer] : []));

  test("of another site is its origin alone", () => expect(refererFor({})).toEqual(["https://notes.example/"]));
  test("of the same site is the page without password and fragment", () =>
    expect(refererFor({ url: "https://notes.example/x.png", page: "https://u:p@notes.example/a?b#c" })).toEqual([
      "https://notes.example/a?b",
    ]));
  test("is not sent where it would lose its protection", () =>
    expect(refererFor({ url: "http://cdn.example/" })).toEqual([]));
  test("is not sent for pages of no address", () => expect(refererFor({ page: "about:blank" })).toEqual([]));
});

test("one that was allowed an address runs alone; nothing stays afterwards", async () => {
  const sets: RequestRule[][] = [];
  const rules = createTakeRules({ set: async (list) => void sets.push(list) });
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const begin = (name: string, allowAddress: boolean) =>
    rules.during(take({ allowAddress }), new AbortController().signal, async () => {
      order.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
  const plain = begin("plain", false);
  const allowed = begin("allowed", true);
  const later = begin("later", false);
  const tick = () => new Promise((resolve) => setTimeout(resolve, 5));
  await tick();
  expect(order).toEqual(["plain", "later"]);
  for (const end of ends.splice(0)) end();
  await tick();
  expect(order).toEqual(["plain", "later", "allowed"]);
  expect(sets.at(-1)?.some(({ action }) => action.type === "block")).toBe(false);
  for (const end of ends.splice(0)) end();
  await Promise.all([plain, allowed, later]);
  await tick();
  expect(sets.at(-1)).toEqual([]);
});
