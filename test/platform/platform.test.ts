import { beforeEach, describe, expect, test, vi } from "vitest";
import { findDownload, finishDownload, startDownload } from "../../src/platform/downloads.ts";
import { redirectUrl, runSignInWindow } from "../../src/platform/identity.ts";
import { ownPage } from "../../src/platform/messages.ts";
import { openApp } from "../../src/platform/pages.ts";
import { patternsOf, requestHosts } from "../../src/platform/permissions.ts";
import { localArea, sessionArea } from "../../src/platform/storage.ts";
import { createFakeBrowser, extensionId, type FakeBrowser, sender } from "./fake-browser.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let fake: FakeBrowser;
beforeEach(() => {
  fake = createFakeBrowser();
  browser.current = fake;
});

describe("a sign-in window", () => {
  const url = "https://login.example.com/";

  test.each([
    ["The user did not approve access.", true, "closed"],
    ["User cancelled or denied access.", true, "closed"],
    ["Authorization page could not be loaded.", true, "unloadable"],
    ["Authorization page could not be loaded.", false, "unloadable"],
    ["User interaction required.", false, "needs-person"],
    ["Requires user interaction", false, "needs-person"],
    ["Something new.", false, "needs-person"],
    ["Something new.", true, "closed"],
  ])("that ends with «%s» (interactive: %s) is %s", async (message, interactive, kind) => {
    fake.identity.launchWebAuthFlow = async () => {
      throw new Error(message);
    };
    expect(await runSignInWindow(url, interactive)).toEqual({ kind });
  });

  test("gets what only this browser understands for silent runs alone", async () => {
    const launch = vi.spyOn(fake.identity, "launchWebAuthFlow").mockResolvedValue(`${redirectUrl()}?code=c`);
    await runSignInWindow(url, true, { timeoutMsForNonInteractive: 1 });
    expect(await runSignInWindow(url, false, { timeoutMsForNonInteractive: 1 })).toEqual({
      kind: "redirected",
      url: `https://${extensionId}.chromiumapp.org/?code=c`,
    });
    expect(launch.mock.calls.map(([details]) => details)).toEqual([
      { url, interactive: true },
      { url, interactive: false, timeoutMsForNonInteractive: 1 },
    ]);
  });
});

describe("a download", () => {
  const url = "blob:x/1";
  const never = new AbortController().signal;

  test("that ended before we listened counts", async () => {
    fake.downloads.search = async () => [{ url, state: "complete" }];
    await finishDownload(1, url, never);
    fake.downloads.search = async () => [{ url, state: "interrupted", error: "FILE_NO_SPACE" }];
    await expect(finishDownload(1, url, never)).rejects.toMatchObject({
      code: "save-failed",
      facts: { subs: ["FILE_NO_SPACE"] },
    });
    fake.downloads.search = async () => [];
    await expect(finishDownload(1, url, never)).rejects.toMatchObject({ code: "save-failed" });
  });

  test("ends when the browser says so, and only for its own id", async () => {
    fake.downloads.search = async () => [{ url, state: "in_progress" }];
    const finished = finishDownload(2, url, never);
    let done = false;
    void finished.then(() => {
      done = true;
    });
    fake.downloads.onChanged.emit({ id: 1, state: { current: "complete" } });
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(done).toBe(false);
    fake.downloads.onChanged.emit({ id: 2, state: { current: "complete" } });
    await finished;
  });

  test("is cancelled in the browser when its signal aborts, and by the person", async () => {
    fake.downloads.search = async () => [{ url, state: "in_progress" }];
    const cancel = vi.spyOn(fake.downloads, "cancel");
    const abort = new AbortController();
    const finished = finishDownload(3, url, abort.signal);
    await Promise.resolve();
    abort.abort();
    await expect(finished).rejects.toMatchObject({ code: "cancelled" });
    expect(cancel).toHaveBeenCalledWith(3);
    const other = finishDownload(4, url, never);
    fake.downloads.onChanged.emit({ id: 4, state: { current: "interrupted" }, error: { current: "USER_CANCELED" } });
    await expect(other).rejects.toMatchObject({ code: "cancelled" });
  });

  test("of somebody else under the same id, after a restart, is not taken for ours and not cancelled", async () => {
    fake.downloads.search = async () => [{ url: "https://example.com/other.zip", state: "complete" }];
    const cancel = vi.spyOn(fake.downloads, "cancel");
    await expect(finishDownload(1, url, never)).rejects.toMatchObject({ code: "save-failed" });
    await expect(finishDownload(1, url, AbortSignal.abort())).rejects.toMatchObject({ code: "save-failed" });
    expect(cancel).not.toHaveBeenCalled();
  });

  test("that ended while it was looked up counts, and one already given up is cancelled", async () => {
    let found = (_: { url: string; state: string }[]) => {};
    fake.downloads.search = () => new Promise((resolve) => (found = resolve));
    const finished = finishDownload(1, url, never);
    fake.downloads.onChanged.emit({ id: 1, state: { current: "complete" } });
    found([{ url, state: "in_progress" }]);
    await finished;
    const cancel = vi.spyOn(fake.downloads, "cancel");
    fake.downloads.search = async () => [{ url, state: "in_progress" }];
    await expect(finishDownload(2, url, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(cancel).toHaveBeenCalledWith(2);
  });

  test("is found again by its URL, and by nothing else", async () => {
    const search = vi.spyOn(fake.downloads, "search");
    search.mockResolvedValue([{ id: 7, url, state: "in_progress" }]);
    expect(await findDownload(url)).toBe(7);
    expect(search).toHaveBeenCalledWith(expect.objectContaining({ url }));
    search.mockResolvedValue([{ id: 7, url: "blob:x/12", state: "in_progress" }]);
    expect(await findDownload(url)).toBe(null);
    search.mockRestore();
  });

  test("that the browser refuses says why", async () => {
    fake.downloads.download = async () => {
      throw new Error("Invalid filename");
    };
    await expect(startDownload("blob:x", "a")).rejects.toMatchObject({
      code: "save-failed",
      facts: { subs: ["Invalid filename"] },
    });
  });
});

describe("hosts", () => {
  test("are asked for in the very call, before anything is awaited", () => {
    const request = vi.spyOn(fake.permissions, "request");
    void requestHosts(["https://example.com/*"]);
    expect(request).toHaveBeenCalledOnce();
  });

  test("that an error names are asked for in patterns that the manifest has", async () => {
    for (const host of ["login.example.com", "*.s3.example.com", "*.amazonaws.com", "127.0.0.1"])
      expect(await requestHosts(patternsOf(host))).toBe(true);
    expect(fake.granted).toContain("https://login.example.com/*");
    expect(fake.granted).not.toContain("http://login.example.com/*");
    expect(fake.granted).toContain("http://127.0.0.1/*");
    expect(await requestHosts(["*://login.example.com/*"])).toBe(false);
  });

  test("that cannot be asked for count as held when they are", async () => {
    fake.permissions.request = async () => {
      throw new Error("no gesture");
    };
    expect(await requestHosts(["https://example.com/*"])).toBe(false);
    fake.granted.add("https://example.com/*");
    expect(await requestHosts(["https://example.com/*"])).toBe(true);
  });
});

describe("the app", () => {
  test("opens in the tab that shows it already", async () => {
    await openApp("/files");
    await openApp("/items");
    expect(fake.openTabs.map(({ url }) => url)).toEqual([expect.stringMatching(/\/app\.html#\/items$/)]);
  });
});

describe("storage", () => {
  test("keeps session and local apart, and tells failure from absence", async () => {
    await sessionArea.set("a", 1);
    expect(await localArea.get("a")).toBeUndefined();
    expect(await sessionArea.getAll()).toEqual({ a: 1 });
    fake.storage.local.get = async () => {
      throw new Error("corrupt");
    };
    await expect(localArea.get("a")).rejects.toThrow("corrupt");
  });
});

describe("the page behind a sender", () => {
  test("is told for our own alone", () => {
    expect(ownPage(sender("/app.html#/x") as never)).toBe("/app.html");
    expect(ownPage(sender("/app.html", { id: "x" }) as never)).toBeNull();
    expect(ownPage(undefined)).toBeNull();
  });
});
