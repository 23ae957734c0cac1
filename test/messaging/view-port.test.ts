import { beforeEach, describe, expect, test, vi } from "vitest";
import { emptyView } from "../../src/messaging/view.ts";
import { serveView } from "../../src/messaging/view-port.ts";
import { createFakeBrowser, createPort, type FakeBrowser, sender } from "../platform/fake-browser.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});
vi.mock("webextension-polyfill", () => ({
  default: new Proxy({}, { get: (_, key) => (browser.current as Record<string | symbol, unknown>)[key] }),
}));

let fake: FakeBrowser;
beforeEach(() => {
  fake = createFakeBrowser();
  browser.current = fake;
});

describe("the view's port", () => {
  test("gives our pages the present view and each new one, until they close", async () => {
    const server = serveView(async () => ({ ...emptyView, revision: 1 }));
    const port = createPort("view", sender("/popup.html"));
    fake.runtime.onConnect.emit(port);
    await vi.waitFor(() => expect(port.sent).toEqual([{ ...emptyView, revision: 1 }]));
    server.push({ ...emptyView, revision: 2 });
    expect(port.sent).toHaveLength(2);
    expect(server.followers()).toBe(1);
    port.onDisconnect.emit();
    server.push({ ...emptyView, revision: 3 });
    expect(port.sent).toHaveLength(2);
    expect(server.followers()).toBe(0);
  });

  test.each([
    ["another name", createPort("other", sender("/popup.html"))],
    ["the offscreen document", createPort("view", sender("/offscreen.html"))],
    ["a web page", createPort("view", sender("/popup.html", { url: "https://example.com/popup.html" }))],
    ["another extension", createPort("view", sender("/popup.html", { id: "another" }))],
    ["nobody", createPort("view", undefined)],
  ])("gives nothing to %s", async (_, port) => {
    const server = serveView(async () => emptyView);
    fake.runtime.onConnect.emit(port);
    server.push(emptyView);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(port.sent).toEqual([]);
    expect(server.followers()).toBe(0);
  });

  test("is closed when there is no view to give, so that the page connects again", async () => {
    serveView(async () => {
      throw new Error("storage");
    });
    const port = createPort("view", sender("/app.html"));
    fake.runtime.onConnect.emit(port);
    await vi.waitFor(() => expect(port.isOpen()).toBe(false));
  });
});
