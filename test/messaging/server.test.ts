import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type CommandName, protocol } from "../../src/messaging/protocol.ts";
import { type Handlers, judge, serve } from "../../src/messaging/server.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { createFakeBrowser, createPort, type FakeBrowser, sender } from "../platform/fake-browser.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});
vi.mock("webextension-polyfill", () => ({
  default: new Proxy({}, { get: (_, key) => (browser.current as Record<string | symbol, unknown>)[key] }),
}));

const names = Object.keys(protocol) as CommandName[];
const attributes = { a: { S: "x" } };

const captureSettings = {
  rules: [{ id: "r", site: "*.x.test", kinds: ["image"], template: "{title}", ifExists: "ask" }],
  fallback: { template: "{title}", ifExists: "keep-both" },
  ...{ page: "mhtml", selection: "markdown", duplicates: "skip" },
};

const siteTerms = {
  ...{ files: "write", items: "read", folder: "photos/", ownItems: false, until: null },
  limits: { requestsPerMinute: 600, bytesPerDay: 1e9 },
};

/** One right input for every command: what is missing here fails the first test. */
const inputs: { [Name in CommandName]: unknown } = {
  "view.get": {},
  "recent.refresh": { profile: "p" },
  "session.signIn": { profile: "p" },
  "session.signOut": { profile: "p" },
  "session.signOutAll": {},
  "session.lock": {},
  "session.roles": { profile: "p" },
  "session.chooseRole": { profile: "p", role: "arn:aws:iam::111122223333:role/holdall" },
  "session.lockSettings": {},
  "checks.start": { profile: "p", kind: "doctor" },
  "checks.cancel": { kind: "proof" },
  "session.configureLock": { idleMinutes: 15, onScreenLock: true },
  "profiles.select": { id: "p" },
  "profiles.preview": { text: "{}" },
  "profiles.import": { text: "{}", from: "https://example.com" },
  "profiles.fetch": { url: "https://example.com" },
  "profiles.discover": { text: "{}" },
  "profiles.edit": { id: "p", name: "n", colour: "#000000" },
  "profiles.waiting": { id: "p" },
  "profiles.policy": {},
  "profiles.export": { id: "p" },
  "profiles.remove": { id: "p" },
  "items.list": { profile: "p", cursor: "c", prefix: "a", descending: true },
  "items.get": { profile: "p", sortKey: "a" },
  "items.save": { profile: "p", sortKey: "a", attributes, basis: null },
  "items.delete": { profile: "p", sortKey: "a", basis: attributes },
  "files.list": { profile: "p", prefix: "", flat: true },
  "files.upload": { profile: "p", files: [{ file: new Blob(["x"]), size: 1, path: "a" }], ifExists: "fail" },
  "files.save": { profile: "p", path: "a" },
  "files.saveArchive": { profile: "p", prefix: "a/", paths: ["a/b", "a/c/"] },
  "files.delete": { profile: "p", path: "a", etag: "e" },
  "files.undelete": { profile: "p", path: "a", deleteMarker: "m" },
  "files.keepsVersions": { profile: "p", path: "a" },
  "transfers.list": { cursor: "c", limit: 50 },
  "transfers.cancel": { which: ["t"] },
  "transfers.pause": { which: "all" },
  "transfers.unpause": { which: "all" },
  "transfers.retry": { which: "conflicts", ifExists: "replace" },
  "transfers.dismiss": { which: "ended" },
  "transfers.move": { ids: ["t"], before: null },
  "transfers.provide": { id: "t", file: new Blob(["x"]), size: 1 },
  "transfers.cleanUp": {},
  "transfers.settings": {},
  "transfers.configure": { sendOnce: true },
  "captures.take": { kind: "page", tab: 7, tags: ["a"], note: "" },
  "captures.outcome": { id: "c" },
  "captures.here": { profile: "p", url: "https://x.test/" },
  "captures.list": { profile: "p", filter: { text: "a", kind: "image", from: 0 }, limit: 50 },
  "captures.facets": { profile: "p" },
  "captures.get": { profile: "p", id: "c" },
  "captures.refresh": { profile: "p" },
  "captures.annotate": { profile: "p", id: "c", tags: ["a"], note: "n" },
  "captures.move": { profile: "p", id: "c", path: "a/b" },
  "captures.remove": { profile: "p", id: "c" },
  "captures.restore": { profile: "p", undo: "u" },
  "captures.thumbnail": { profile: "p", id: "c" },
  "captures.read": { profile: "p", id: "c" },
  "captures.discard": { ids: ["c"] },
  "captures.retry": { ids: ["c"], allowAddress: true },
  "captures.saveLink": { id: "c" },
  "captures.claim": { profile: "p", take: true },
  "captures.settings": { profile: "p" },
  "captures.configure": { profile: "p", settings: captureSettings },
  "activity.list": { after: 12 },
  "activity.clear": {},
  "sites.connect": { profile: "p", tab: 7, held: false },
  "sites.consent": { id: "q" },
  "sites.allow": { id: "q", identity: "alice", ...siteTerms },
  "sites.refuse": { id: "q" },
  "sites.signIn": { id: "q" },
  "sites.list": { profile: "p" },
  "sites.areas": { profile: "p" },
  "sites.change": { profile: "p", origin: "https://x.test", ...siteTerms },
  "sites.pause": { profile: "p", origin: "https://x.test", paused: true },
  "sites.revoke": { profile: "p", origin: "https://x.test" },
  "sites.ledger": { profile: "p", origin: null },
  "sites.undo": { profile: "p", id: "l" },
  "sites.export": { profile: "p", origin: "https://x.test" },
  "sites.deleteData": { profile: "p", origin: "https://x.test" },
};

/** Who may call what, once more by hand: a change in the protocol has to be meant. */
const appOnly: CommandName[] = [
  "session.configureLock",
  "profiles.preview",
  "profiles.import",
  "profiles.export",
  "profiles.remove",
  "profiles.fetch",
  "profiles.discover",
  "profiles.edit",
  "profiles.waiting",
  "profiles.policy",
  "captures.configure",
  "activity.list",
  "activity.clear",
  "checks.start",
  "checks.cancel",
  "sites.areas",
  "sites.change",
  "sites.ledger",
  "sites.undo",
  "sites.export",
  "sites.deleteData",
];
const popupOnly: CommandName[] = ["sites.connect"];
const consentOnly: CommandName[] = ["sites.consent", "sites.allow", "sites.refuse", "sites.signIn"];

/** A page that may send it. */
const rightPage = (command: CommandName) =>
  popupOnly.includes(command) ? "/popup.html" : consentOnly.includes(command) ? "/consent.html" : "/app.html";

let fake: FakeBrowser;
let handled: string[];

beforeEach(() => {
  fake = createFakeBrowser();
  browser.current = fake;
  handled = [];
  serve(
    Object.fromEntries(
      names.map((name) => [name, async (_: unknown, caller: string) => void handled.push(`${caller} ${name}`)]),
    ) as unknown as Handlers,
  );
});

async function send(message: unknown, from: unknown): Promise<unknown> {
  const [answer] = fake.runtime.onMessage.emit(message, from);
  return await answer;
}

/** The same by the other door. */
async function sendOverPort(message: object, from: unknown): Promise<unknown> {
  const port = createPort("view", from as Record<string, unknown> | undefined);
  fake.runtime.onConnect.emit(port);
  port.onMessage.emit({ ...message, call: 7 });
  return await vi.waitFor(() => {
    expect(port.sent).toMatchObject([{ call: 7 }]);
    return (port.sent[0] as { result: unknown }).result;
  });
}

const refused = { ok: false, error: { code: "message-refused", facts: {} } };

describe("every command", () => {
  test.each(names)("%s is answered to the pages in its table and to no other", async (command) => {
    const message = { holdall: 1, command, input: inputs[command] };
    const pages: Record<string, boolean> = {
      "/app.html": !popupOnly.includes(command) && !consentOnly.includes(command),
      "/popup.html": !appOnly.includes(command) && !consentOnly.includes(command),
      "/consent.html": consentOnly.includes(command),
    };
    for (const [page, may] of Object.entries(pages)) {
      expect([page, await send(message, sender(page))]).toMatchObject([page, may ? { ok: true } : refused]);
      expect(await sendOverPort(message, sender(page))).toMatchObject(may ? { ok: true } : refused);
    }
    for (const page of ["/offscreen.html", "/background.js", "/app.html/x", "/", "/popup.htm"]) {
      expect(await send(message, sender(page))).toEqual(refused);
      expect(await sendOverPort(message, sender(page))).toEqual(refused);
    }
  });

  test.each(names)("%s refuses fields it does not know and inputs that are none", async (command) => {
    const right = inputs[command] as object;
    const wrong = [
      { ...right, more: 1 },
      undefined,
      null,
      [],
      "text",
      7,
      JSON.parse(`{"__proto__": {"profile": "p"}, "x": 1}`),
    ];
    for (const input of wrong) {
      expect(await send({ holdall: 1, command, input }, sender(rightPage(command)))).toMatchObject({
        ok: false,
        error: { code: "message-invalid" },
      });
    }
    expect(handled).toEqual([]);
  });
});

describe("a sender", () => {
  const message = { holdall: 1, command: "view.get", input: {} };

  test.each([
    ["another extension", sender("/app.html", { id: "another" })],
    ["another extension that claims our id in its URL", { id: "another", url: sender("/app.html").url }],
    ["a content script of ours", sender("/app.html", { url: "https://example.com/app.html", tab: { id: 1 } })],
    [
      "a web page that looks like ours",
      sender("/app.html", { url: "https://abcdefghijklmnopabcdefghijklmnop/app.html" }),
    ],
    ["a page of another extension's host", sender("/app.html", { url: "chrome-extension://other/app.html" })],
    ["nobody with a URL", sender("/app.html", { url: undefined })],
    ["a URL that is none", sender("/app.html", { url: "app.html" })],
    ["nobody at all", undefined],
  ])("that is %s is refused in the same words", async (_, from) => {
    expect(await send(message, from)).toEqual(refused);
    expect(await sendOverPort(message, from)).toEqual(refused);
    expect(await send({ ...message, command: "no.such" }, from)).toEqual(refused);
    expect(handled).toEqual([]);
  });

  test("with a fragment or a query in its URL is the page it is", async () => {
    for (const page of ["/app.html#/files", "/popup.html?x=1"]) {
      expect(await send(message, sender(page))).toMatchObject({ ok: true });
    }
    expect(handled).toEqual(["app view.get", "popup view.get"]);
  });
});

describe("a message", () => {
  test.each(["toString", "__proto__", "constructor", "view", "", 7, null, undefined])(
    "with the command %s is refused",
    async (command) => {
      expect(await send({ holdall: 1, command, input: {} }, sender("/app.html"))).toEqual(refused);
    },
  );

  test("that is not ours is left to others", () => {
    for (const message of [null, undefined, "text", 7, {}, { command: "view.get" }]) {
      expect(fake.runtime.onMessage.emit(message, sender("/app.html"))).toEqual([undefined]);
    }
  });

  test("of any form is answered or refused with a code, and never runs a handler unjudged", async () => {
    const anything = fc.record({
      holdall: fc.constant(1),
      command: fc.oneof(fc.constantFrom(...names), fc.string()),
      input: fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
    });
    await fc.assert(
      fc.asyncProperty(anything, async (message) => {
        const answer = await send(message, sender("/popup.html"));
        if ((answer as { ok: boolean }).ok) expect(() => judge(message, "popup")).not.toThrow();
        else expect((answer as typeof refused).error.code).toMatch(/^message-/);
      }),
      { numRuns: 300 },
    );
  });

  test("with text of 100 MB or attributes nested 10,000 deep is refused", async () => {
    const big = { holdall: 1, command: "profiles.import", input: { text: "x".repeat(100_000_000) } };
    expect(await send(big, sender("/app.html"))).toMatchObject({ error: { code: "message-invalid" } });
    let deep: unknown = { S: "x" };
    for (let level = 0; level < 10_000; level++) deep = { L: [deep] };
    const input = { profile: "p", sortKey: "a", attributes: { a: deep }, basis: null };
    expect(await send({ holdall: 1, command: "items.save", input }, sender("/app.html"))).toMatchObject({
      error: { code: "message-invalid" },
    });
  });
});

describe("a failure", () => {
  test("crosses as data: its code, what is known, and no stack", async () => {
    fake = createFakeBrowser();
    browser.current = fake;
    const failing = (error: unknown) => {
      serve({
        "view.get": async () => {
          throw error;
        },
      } as unknown as Handlers);
    };
    failing(new HoldallError("item-conflict", { current: null }, { cause: new Error("secret cause") }));
    const message = { holdall: 1, command: "view.get", input: {} };
    expect(await send(message, sender("/app.html"))).toEqual({
      ok: false,
      error: { code: "item-conflict", facts: { current: null } },
    });
    fake = createFakeBrowser();
    browser.current = fake;
    failing(new TypeError("x is not a function"));
    const answer = await send(message, sender("/app.html"));
    expect(answer).toMatchObject({ ok: false, error: { code: "internal" } });
    expect(JSON.stringify(answer)).not.toContain("server.test");
  });
});
