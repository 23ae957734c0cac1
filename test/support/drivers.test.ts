import { rm } from "node:fs/promises";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "./extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "./launch-extension.ts";
import { type PageServer, startPageServer } from "./page-server.ts";
import { poll } from "./poll.ts";
import { writeProbeExtension } from "./probe-extension.ts";
import { searchForSecrets } from "./search-for-secrets.ts";

/** Defined by the probe's page. */
declare function send(message: { kind: string; value?: string }): Promise<unknown>;
declare function remember(value: string): Promise<boolean>;
declare function recall(): Promise<unknown>;

describe.each(BROWSER_NAMES)("driver of %s", (name) => {
  let extension: string;
  let browser: ExtensionBrowser;
  let killed: ExtensionBrowser | undefined;
  let server: PageServer;
  let app: Page;

  const ask = (kind: string, value = ""): Promise<unknown> => app.evaluate((message) => send(message), { kind, value });

  beforeAll(async () => {
    extension = await writeProbeExtension(name);
    server = await startPageServer();
    browser = await launchExtension(name, { extension, hosts: ["notes.example"] });
    app = await browser.openApp("/files");
  });

  afterAll(async () => {
    await browser?.dispose();
    await killed?.dispose();
    await server?.close();
    await rm(extension, { recursive: true, force: true });
  });

  test("opens pages of the extension, which reach its background", async () => {
    expect(await app.evaluate(() => location.hash)).toBe("#/files");
    expect(await ask("born")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("opens the popup", async () => {
    const popup = await browser.openPopup();
    expect(await popup.evaluate(() => document.querySelector("h1")?.textContent)).toBe("Probe");
    await popup.close();
  });

  test("leads made-up hosts to loopback", async () => {
    const page = await browser.openWebPage(`http://notes.example:${server.port}/`);
    expect(await page.title()).toBe("A page");
    await page.close();
  });

  test("chooses from an image's menu", async () => {
    const page = await browser.openWebPage(`${server.origin}/`);
    await browser.chooseFromMenu({
      page,
      at: "#picture",
      title: "Save to the probe",
      menuItemId: "probe-save",
    });
    expect(await poll("the click", () => ask("click"))).toEqual({
      menuItemId: "probe-save",
      srcUrl: `${server.origin}/picture.png`,
      pageUrl: `${server.origin}/`,
    });
    await page.close();
  });

  test("finds the window of launchWebAuthFlow", async () => {
    const flow = ask("sign-in", `${server.origin}/`).catch((error: unknown) => error);
    const login = await browser.waitForPage(server.origin);
    expect(await login.$eval("#picture", (image) => image.tagName)).toBe("IMG");
    await login.close();
    expect(await flow).toBeInstanceOf(Error);
  });

  test.runIf(name === "chromium")("kills the worker; the next message finds another one", async () => {
    const before = await ask("born");
    await browser.killWorker();
    expect(await ask("born")).not.toBe(before);
    await browser.killWorker();
    await (await browser.openPopup()).close(); // needs the worker, so the driver wakes it
  });

  test("ends the host: there is none in Chromium's probe, and Firefox's background page begins anew", async () => {
    const before = await ask("born");
    expect(await browser.killHost()).toBe(name === "firefox");
    if (name === "firefox") expect(await ask("born")).not.toBe(before);
  });

  test("kills the whole browser; another one goes on with its profile and what the extension stored", async () => {
    await app.evaluate((value) => remember(value), "kept");
    killed = browser;
    await killed.kill();
    const { profileDir, downloadDir } = browser;
    browser = await launchExtension(name, { extension, profileDir, downloadDir, hosts: ["notes.example"] });
    app = await browser.openApp("/files");
    expect(await app.evaluate(() => recall())).toMatchObject({ value: "kept" });
  });

  test("finds what the extension left on disk, and nothing that it did not", async () => {
    const stored = "canary-storage-7Jq2vXk9TzLwRb4N";
    const indexed = "canary-indexeddb-Hy5cUe8PmWs3GdVa";
    await ask("store", stored);
    await app.evaluate((value) => remember(value), indexed);
    await browser.close();
    const found = await searchForSecrets(browser.profileDir, {
      stored,
      indexed,
      absent: "canary-absent-Bn6tRk1QfYx0ZoJi",
    });
    expect(new Set(found.map(({ secret }) => secret))).toEqual(new Set(["stored", "indexed"]));
  });
});
