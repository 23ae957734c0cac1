/** The example pages, connected as a person connects them; and pages that are not what they seem. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { allowSite, askToConnect, connectSite, refuseSite } from "../support/connect-site.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { inFirefoxWindow } from "../support/firefox-window.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { IMAGE } from "../support/page-server.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";
import { findProvider, type Provider } from "./site-pages/page-side.ts";

declare const provider: Provider;

/** Every letter before the dot is Cyrillic. Names below localhost lead to this machine, and need no TLS. */
const LOOK_ALIKE = "xn--80ak6aa92e.localhost";

/** Runs in Firefox's window. */
function widthOfPanel(): number {
  return document.querySelector(".webextension-popup-browser")?.getBoundingClientRect().width ?? 0;
}

describe.each(BROWSER_NAMES)("connected sites in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let stranger: Server;
  let disk: string;
  let app: Page;
  let notes: Page;
  let photos: Page;
  const secrets: Record<string, string> = {};

  const saved = () => notes.waitForFunction(() => document.querySelector("#status")?.textContent === "All saved.");
  const examples = (file: string) => `${world.aws.examples}/${file}`;

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), "holdall-sites-"));
    await writeFile(join(disk, "red.png"), IMAGE);
    world = await startTestWorld();
    stranger = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><title>Stranger</title><iframe src="${examples("notes.html")}"></iframe>`);
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    browser = await launchExtension(name, {
      extension: await world.buildExtension(name, { hosts: [LOOK_ALIKE] }),
      hosts: [SITE_HOST],
    });
    app = await browser.openApp("/files");
    await signIn(browser, app, world.aws, "alice");
    await new PersonOnPage(app).seesButton("Upload");
    const record = await sessionRecord(app);
    if (record !== null) Object.assign(secrets, secretsOf("alice", record));
  });
  afterAll(async () => {
    await browser?.dispose();
    stranger?.close();
    await world?.close();
    await rm(disk, { recursive: true, force: true });
  });

  test("a page that is not connected says what to do", async () => {
    notes = await browser.openWebPage(examples("notes.html"));
    await new PersonOnPage(notes).sees("choose “Connect this site”");
    expect(await notes.evaluate(findProvider)).toBe(false);
  });

  test("notes are written once it is connected, and there when it is opened again", async () => {
    await connectSite(browser, notes);
    await notes.bringToFront();
    await new PersonOnPage(notes).sees("No notes yet.");
    await new PersonOnPage(notes).click("New note");
    await notes.type("#text", "Tides\nHigh water at seven.");
    await saved();
    await notes.reload();
    await new PersonOnPage(notes).sees("Tides");
    expect(await notes.$eval("#text", (field) => (field as HTMLTextAreaElement).value)).toBe(
      "Tides\nHigh water at seven.",
    );
  });

  test("another tab's change is seen; two that write lose nothing", async () => {
    const other = await browser.openWebPage(examples("notes.html"));
    await new PersonOnPage(other).sees("Tides");
    await other.type("#text", " And at nineteen.");
    await other.waitForFunction(() => document.querySelector("#status")?.textContent === "All saved.");
    await other.close();
    await notes.bringToFront();
    await notes.waitForFunction(() =>
      (document.querySelector("#text") as HTMLTextAreaElement).value.includes("nineteen"),
    );
    expect(await notes.evaluate(findProvider)).toBe(true);
    // Somebody whose page did not hear of a change.
    const code = await notes.evaluate(async () => {
      const page = (await provider.request({ method: "items.query", params: { prefix: "note/" } })) as {
        items: { key: string }[];
      };
      const key = page.items[0]?.key;
      return await provider.request({ method: "items.put", params: { key, value: { text: "x" }, ifMatch: "0" } }).then(
        () => "written",
        (error) => error.code,
      );
    });
    expect(code).toBe("conflict");
  });

  test("the photo box asks for more, stores a picture, shows and deletes it", async () => {
    photos = await browser.openWebPage(examples("photo-box.html"));
    await allowSite(browser);
    await photos.bringToFront();
    await new PersonOnPage(photos).sees("The box is empty");
    for (let time = 0; time < 2; time++) {
      await new PersonOnPage(photos).pick("Add pictures", join(disk, "red.png"));
      await new PersonOnPage(photos).sees(time === 0 ? "1 picture." : "2 pictures.");
    }
    await photos.reload();
    await photos.waitForFunction(() => document.querySelectorAll("#box img").length === 2);
    await photos.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>("#box img")].every((picture) => picture.naturalWidth === 4),
    );
    await photos.click("#box button");
    await photos.waitForSelector("dialog[open]");
    await new PersonOnPage(photos).click("Delete");
    await new PersonOnPage(photos).sees("1 picture.");
    const paths = await photos.evaluate(async () => {
      dispatchEvent(new CustomEvent("holdall:find"));
      return [...document.querySelectorAll<HTMLImageElement>("#box img")].map((picture) => picture.dataset.path);
    });
    expect(paths).toHaveLength(1);
  });

  test("an app for remoteStorage.js keeps its data in the person's bucket", async () => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: ["test/e2e/site-pages/offline-app.ts"],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      logLevel: "silent",
    });
    await photos.evaluate(outputFiles[0]?.text ?? "");
    const seen = await photos.evaluate(() =>
      (globalThis as unknown as { offlineApp(): Promise<unknown> }).offlineApp(),
    );
    expect(seen).toEqual({ sent: ["bread", "Week"], fetched: "milk", changed: "bread, butter" });
    const local = await photos.evaluate(() => (globalThis as unknown as { localApp(): Promise<unknown> }).localApp());
    expect(local).toEqual({ atOnce: ["dark", null, "theme", 1], later: ["dark", null, 1], cleared: 0 });
  });

  test("a site reaches nothing beyond its area", async () => {
    expect(await notes.evaluate(findProvider)).toBe(true);
    const codes = await notes.evaluate(async () => {
      const asked = [
        { method: "files.get", params: { path: "../../secret.txt" } },
        { method: "files.head", params: { path: "a/../../b" } },
        { method: "items.get", params: { key: "a", __proto__: { partition: "bob" } } },
        { method: "items.get", params: { key: "a", partition: "bob" } },
        { method: "items.scan", params: {} },
        { method: "__proto__", params: {} },
        { method: "files.put", params: { path: "", body: "x" } },
      ];
      const said: unknown[] = [];
      for (const one of asked) {
        said.push(
          await provider.request(one).then(
            (answer) => answer,
            (error) => error.code,
          ),
        );
      }
      return said;
    });
    expect(codes).toEqual(["invalid", "invalid", null, "invalid", "invalid", "invalid", "invalid"]);
  });

  test("another port, a stranger's frame and a frame of its own get nothing", async () => {
    const { port } = stranger.address() as AddressInfo;
    const strange = await browser.openWebPage(`http://127.0.0.1:${port}/`);
    expect(await strange.evaluate(findProvider)).toBe(false);
    const frame = strange.frames().find((one) => one.url().startsWith(world.aws.examples));
    expect(await frame?.evaluate(findProvider)).toBe(false);
    await strange.close();
    await notes.evaluate(() => {
      const inner = document.createElement("iframe");
      inner.src = location.href;
      document.body.append(inner);
    });
    await expect.poll(() => notes.frames().length).toBe(2);
    expect(await notes.frames()[1]?.evaluate(findProvider)).toBe(false);
  });

  test("the window that asks warns of a look-alike", async () => {
    const { port } = stranger.address() as AddressInfo;
    const strange = await browser.openWebPage(`http://${LOOK_ALIKE}:${port}/`);
    const consent = await askToConnect(browser, strange);
    const words = await consent.evaluate(() => document.body.textContent);
    expect(words).toContain(`http://${LOOK_ALIKE}:${port}`);
    expect(words).toContain("аррӏе.localhost");
    expect(words).toContain(textOf("consent_look_alike", LOOK_ALIKE));
    await refuseSite(browser, consent);
    await strange.bringToFront();
    expect(await strange.evaluate(findProvider)).toBe(false);
    await strange.close();
  });

  // Firefox's driver cannot map names.
  test.runIf(name === "chromium")("a page without TLS cannot be connected", async () => {
    const { port } = stranger.address() as AddressInfo;
    const plain = await browser.openWebPage(`http://${SITE_HOST}:${port}/`);
    const popup = await browser.openPopup();
    await new PersonOnPage(popup).seesButton("Upload");
    expect(await popup.evaluate(() => document.body.textContent)).not.toContain(textOf("site_connect"));
    await popup.close();
    await plain.close();
  });

  // Firefox asks what is in the popup how wide it would like to be, and a long name must not answer.
  test.runIf(name === "firefox")("the panel is as wide as the popup over a page with a long name", async () => {
    const { port } = stranger.address() as AddressInfo;
    const long = await browser.openWebPage(`http://${LOOK_ALIKE}:${port}/`);
    await long.bringToFront();
    // The window that asked may be in front for a moment still.
    await poll("the panel", () => app.evaluate(() => chrome.action.openPopup().then(() => true)).catch(() => false));
    const wide = async () => await inFirefoxWindow(browser.browser, widthOfPanel);
    await expect.poll(wide).toBe(360);
    // Its site's line comes late.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await wide()).toBe(360);
    await long.close();
  });

  test("a page that goes elsewhere before the answer gets none", async () => {
    await notes.evaluate(() => {
      for (let at = 0; at < 20; at++) void provider.request({ method: "items.query", params: {} }).catch(() => {});
    });
    await notes.goto(examples("photo-box.html"));
    const heard = await notes.evaluate(async () => {
      const all: unknown[] = [];
      // What the new page itself asks is not meant.
      addEventListener("message", ({ data }) => data?.holdall === 1 || all.push(data), true);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return all;
    });
    expect(heard).toEqual([]);
  });

  test("while a page floods, the popup opens with all that it shows", async () => {
    await photos.evaluate(() => {
      const flood = () => {
        for (let at = 0; at < 500; at++) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => port1.close();
          postMessage({ holdall: 1, method: "permissions", params: { at } }, "/", [port2]);
        }
      };
      Object.assign(globalThis, { flood: setInterval(flood, 50) });
    });
    const popup = await browser.openExtensionPage("/popup.html");
    await new PersonOnPage(popup).seesButton("Upload");
    await popup.close();
    await photos.evaluate(() => clearInterval((globalThis as unknown as { flood: number }).flood));
  });

  test("an update of the extension under an open page: the page goes on as it is", async () => {
    await notes.goto(examples("notes.html"));
    expect(await notes.evaluate(findProvider)).toBe(true);
    await notes.evaluate(() => void Object.assign(globalThis, { stayed: true }));
    const asks = () =>
      notes.evaluate(async () => {
        const answer = await provider.request({ method: "items.query", params: {} }).then(
          () => "answered",
          ({ code }) => code as string,
        );
        return { answer, stayed: "stayed" in globalThis };
      });
    expect(await asks()).toEqual({ answer: "answered", stayed: true });
    await browser.browser.installExtension(await world.buildExtension(name));
    // Memory is gone with the old one; the provider knows the person still, and nobody has to be asked.
    app = await browser.openApp("/files");
    await new PersonOnPage(app).seesButton("Upload");
    const record = await sessionRecord(app);
    if (record !== null) Object.assign(secrets, secretsOf("alice again", record));
    await notes.bringToFront();
    await expect.poll(asks).toEqual({ answer: "answered", stayed: true });
  });

  test("no secret reached a page or the disk", async () => {
    for (const page of [notes, photos]) {
      const html = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }));
      for (const secret of Object.values(secrets)) expect(html).not.toContain(secret);
    }
    await browser.close();
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(3);
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
