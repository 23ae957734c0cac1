import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { reachingFetch } from "../../src/background/reach.ts";
import { createFakeBrowser, type FakeBrowser } from "../platform/fake-browser.ts";

const holder = vi.hoisted(() => {
  const current: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(current.current, key) }) });
  return current;
});

let fake: FakeBrowser;
beforeEach(() => {
  fake = createFakeBrowser();
  holder.current = fake;
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("a request that fails", () => {
  test.each([
    ["https://sts.eu-central-1.amazonaws.com/", "*.amazonaws.com"],
    ["https://files.s3.cn-north-1.amazonaws.com.cn/a", "*.amazonaws.com.cn"],
    ["https://amazonaws.com.evil.example/", "amazonaws.com.evil.example"],
    ["https://login.example.com:8443/token", "login.example.com"],
  ])("at %s for want of a permission names what to ask for", async (url, host) => {
    await expect(reachingFetch(url)).rejects.toMatchObject({ code: "permission-needed", facts: { subs: [host] } });
    fake.granted.add(`https://${host}/*`);
    await expect(reachingFetch(url)).rejects.toThrow("Failed to fetch");
  });

  test("because it was given up asks for nothing", async () => {
    const asked = reachingFetch("https://login.example.com/", { signal: AbortSignal.abort() });
    await expect(asked).rejects.toThrow("Failed to fetch");
  });
});
