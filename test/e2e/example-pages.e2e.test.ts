/** What pages declare; then the notes app and the client's store against Holdall: its limits, and a person who pauses and goes on. */
import * as esbuild from "esbuild";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { View } from "../../src/messaging/view.ts";
import { allowSite, askToConnect, refuseSite } from "../support/connect-site.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";
import { type DeclaringServer, startDeclaringServer, wrong } from "./site-pages/declaring-server.ts";

interface Client {
  index: typeof import("../../client/src/index.ts");
  store: typeof import("../../client/src/local-store.ts");
}
declare const client: Client;

/** What the window that asks shows of the page's own words, and what it begins with. */
const shown = (consent: Page) =>
  consent.evaluate(() => {
    const choice = (index: number) =>
      [...document.querySelectorAll(`.access:nth-of-type(${index}) .segments input`)].findIndex((one) =>
        one.matches(":checked"),
      );
    return {
      words: [...document.querySelectorAll(".page-words bdi")].map((word) => word.textContent),
      // None, read, read and change.
      files: choice(1),
      items: choice(2),
      text: document.querySelector(".consent-body")?.textContent,
    };
  });

describe.each(BROWSER_NAMES)("example pages in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: Page;
  let notes: Page;
  let clientScript: string;
  let declaring: DeclaringServer;
  let elsewhere: DeclaringServer;

  const says = (text: string) =>
    notes.waitForFunction((wanted) => document.querySelector("#status")?.textContent === wanted, {}, text);
  const texts = () =>
    notes.evaluate(async () => {
      const { holdall } = await client.index.findHoldall();
      const found: string[] = [];
      if (holdall === null) return found;
      for await (const { value } of holdall.items.query<{ text: string }>({ prefix: "note/" })) found.push(value.text);
      return found.sort();
    });
  const pause = (paused: boolean) =>
    app.evaluate(
      async (origin, isPaused) => {
        const { view } = (await chrome.storage.session.get("view")) as { view: View };
        const input = { profile: view.activeProfile, origin, paused: isPaused };
        await chrome.runtime.sendMessage({ holdall: 1, command: "sites.pause", input });
      },
      new URL(world.aws.examples).origin,
      paused,
    );

  beforeAll(async () => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: ROOT,
      stdin: {
        contents: `export * as index from "./client/src/index.ts"; export * as store from "./client/src/local-store.ts";`,
        resolveDir: ROOT,
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "client",
      target: "es2022",
      logLevel: "silent",
    });
    elsewhere = await startDeclaringServer(null);
    declaring = await startDeclaringServer(elsewhere.origin);
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    app = await browser.openApp("/files");
    await signIn(browser, app, world.aws, "alice");
    await new PersonOnPage(app).seesButton("Upload");
    clientScript = outputFiles[0]?.text ?? "";
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
    await declaring?.close();
    await elsewhere?.close();
  });

  test("what a page declares is what the person is asked, in its own words", async () => {
    const page = await browser.openWebPage(`${declaring.origin}/good`);
    const consent = await askToConnect(browser, page);
    const { text, ...rest } = await shown(consent);
    expect(rest).toEqual({ words: ["good", "For the letters."], files: 1, items: 0 });
    expect(text).toContain(textOf("site_wish_folder", "letters/"));
    expect(text).not.toContain(textOf("consent_undeclared"));
    await refuseSite(browser, consent);
    await page.close();
  });

  test.each(wrong)("a declaration is none: %s", async (path) => {
    const page = await browser.openWebPage(`${declaring.origin}/${path}`);
    const consent = await askToConnect(browser, page);
    const { text, ...rest } = await shown(consent);
    expect(rest).toEqual({ words: [path], files: 2, items: 2 });
    expect(text).toContain(textOf("consent_undeclared"));
    await refuseSite(browser, consent);
    await page.close();
  });

  test("the notes app is asked about as it declares itself, and begins", async () => {
    notes = await browser.openWebPage(`${world.aws.examples}/notes.html`);
    const consent = await askToConnect(browser, notes);
    const { text: _, words, ...rest } = await shown(consent);
    expect(rest).toEqual({ files: 0, items: 2 });
    expect(words).toContain("To keep your notes in your own storage.");
    await allowSite(browser);
    await notes.bringToFront();
    await new PersonOnPage(notes).sees("No notes yet.");
    await notes.evaluate(`${clientScript}; globalThis.client = client;`);
  });

  test("two notes that are written within a moment are both stored", async () => {
    const person = new PersonOnPage(notes);
    for (const text of ["Tides", "Shopping"]) {
      await person.click("New note");
      await notes.type("#text", text);
    }
    await says("All saved.");
    expect(await texts()).toEqual(["Shopping", "Tides"]);
  });

  test("what is written as the person pauses is stored when they go on", async () => {
    await notes.type("#text", ": bread");
    await pause(true);
    await new PersonOnPage(notes).sees("You have paused this page in Holdall.");
    await pause(false);
    await app.bringToFront();
    await notes.bringToFront();
    await notes.evaluate(() => void dispatchEvent(new Event("focus")));
    await says("All saved.");
    expect(await texts()).toEqual(["Shopping: bread", "Tides"]);
  });

  test("a store takes more writes at once than the site may make, and a clear of all of them", async () => {
    const seen = await notes.evaluate(async () => {
      const { holdall } = await client.index.findHoldall();
      if (holdall === null) throw new Error("no Holdall");
      const open = () => client.store.openLocalStore(holdall, { prefix: "many/" });
      const store = await open();
      for (let at = 0; at < 150; at++) store.setItem(`name ${at}`, String(at));
      await store.flush();
      const written = (await open()).length;
      store.clear();
      await store.flush();
      return [written, (await open()).length];
    });
    expect(seen).toEqual([150, 0]);
  });
});
