import { beforeEach, describe, expect, test, vi } from "vitest";
import { createOffscreenHost } from "../../src/background/offscreen-link.ts";
import { createFakeBrowser, createPort, type FakeBrowser, sender } from "../platform/fake-browser.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let fake: FakeBrowser;
let documents: string[];

beforeEach(() => {
  fake = createFakeBrowser();
  browser.current = fake;
  documents = [];
  const offscreen = {
    Reason: { BLOBS: "BLOBS" },
    hasDocument: async () => documents.length > 0,
    createDocument: async ({ url }: { url: string }) => void documents.push(url),
  };
  vi.stubGlobal("chrome", { offscreen });
});

const watch = { signal: new AbortController().signal };
const range = { start: 0, end: 1 };
const put = (transferId: string) => ({ bytes: { transferId, segmentSize: 1, live: false }, range, request });
const request = { method: "PUT", url: "https://s3.example.com/k", headers: { authorization: "signed" } };

describe("the offscreen document's port", () => {
  test("is the only one that gets a signed request", async () => {
    const host = createOffscreenHost();
    const strangers = [
      createPort("transfer-host", sender("/popup.html")),
      createPort("transfer-host", sender("/app.html")),
      createPort("transfer-host", sender("/offscreen.html", { id: "another" })),
      createPort("transfer-host", sender("/offscreen.html", { url: "https://example.com/offscreen.html" })),
      createPort("transfer-host", undefined),
      createPort("view", sender("/offscreen.html")),
    ];
    for (const port of strangers) fake.runtime.onConnect.emit(port);
    const sent = host.put(put("t1"), watch);
    await vi.waitFor(() => expect(documents).toEqual(["/offscreen.html"]));
    const own = createPort("transfer-host", sender("/offscreen.html"));
    fake.runtime.onConnect.emit(own);
    await vi.waitFor(() => expect(own.sent).toMatchObject([{ type: "call", call: "put", input: [put("t1")] }]));
    for (const port of strangers) expect(port.sent).toEqual([]);
    const [{ job }] = own.sent as [{ job: string }];
    own.onMessage.emit({ type: "done", job, result: { status: 200, headers: {}, bodyText: "" } });
    expect(await sent).toMatchObject({ status: 200 });
  });

  test("is opened once for several transfers", async () => {
    const host = createOffscreenHost();
    for (const id of ["a", "b", "c"]) host.put(put(id), watch).catch(() => {});
    await vi.waitFor(() => expect(documents).toHaveLength(1));
    const own = createPort("transfer-host", sender("/offscreen.html"));
    fake.runtime.onConnect.emit(own);
    await vi.waitFor(() => expect(own.sent).toHaveLength(3));
    expect(documents).toHaveLength(1);
  });
});
