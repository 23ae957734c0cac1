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
    const put = host.put("t1", request, watch);
    await vi.waitFor(() => expect(documents).toEqual(["/offscreen.html"]));
    const own = createPort("transfer-host", sender("/offscreen.html"));
    fake.runtime.onConnect.emit(own);
    await vi.waitFor(() => expect(own.sent).toMatchObject([{ type: "put", transferId: "t1", request }]));
    for (const port of strangers) expect(port.sent).toEqual([]);
    const [{ job }] = own.sent as [{ job: string }];
    own.onMessage.emit({ type: "done", job, result: { status: 200, headers: {}, bodyText: "" } });
    expect(await put).toMatchObject({ status: 200 });
  });

  test("is opened once for several transfers", async () => {
    const host = createOffscreenHost();
    for (const id of ["a", "b", "c"]) host.put(id, request, watch).catch(() => {});
    await vi.waitFor(() => expect(documents).toHaveLength(1));
    const own = createPort("transfer-host", sender("/offscreen.html"));
    fake.runtime.onConnect.emit(own);
    await vi.waitFor(() => expect(own.sent).toHaveLength(3));
    expect(documents).toHaveLength(1);
  });
});
