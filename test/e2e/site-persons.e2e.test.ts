/** Alice and bob have connected the same site in one browser: what its pages still hold of alice does not become bob's. */
import * as esbuild from "esbuild";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { View } from "../../src/messaging/view.ts";
import { allowSite, connectSite } from "../support/connect-site.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import type { SharedApp } from "./site-pages/shared-app.ts";

declare const app: SharedApp;

describe.each(BROWSER_NAMES)("two people at one site in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let own: Page;
  let script: string;
  let notes: Page;

  const example = async (file: string) => {
    const page = await browser.openWebPage(`${world.aws.examples}/${file}`);
    await page.evaluate(script);
    return page;
  };
  const signInAs = async (who: string) => {
    await own.bringToFront();
    await signIn(browser, own, world.aws, who);
    await new PersonOnPage(own).seesButton("Upload");
  };
  const signOut = () =>
    own.evaluate(async () => {
      const { view } = (await chrome.storage.session.get("view")) as { view: View };
      const input = { profile: view.activeProfile };
      await chrome.runtime.sendMessage({ holdall: 1, command: "session.signOut", input });
    });
  /**
   * Items for the notes, and then files for the pictures.
   * @param first of those who connect the site: the pages find Holdall by themselves after that, and ask
   */
  const connects = async (first: boolean) => {
    const page = await example("notes.html");
    await (first ? connectSite(browser, page) : allowSite(browser));
    await page.bringToFront();
    await new PersonOnPage(page).sees("No notes yet.");
    const photos = await example("photo-box.html");
    await allowSite(browser);
    await photos.bringToFront();
    await new PersonOnPage(photos).sees("The box is empty");
    await photos.close();
    return page;
  };
  /** Somebody looks at the page again. */
  const returnTo = async (page: Page) => {
    await own.bringToFront();
    await page.bringToFront();
    await page.evaluate(() => void dispatchEvent(new Event("focus")));
  };

  beforeAll(async () => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: ["test/e2e/site-pages/shared-app.ts"],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      logLevel: "silent",
    });
    script = outputFiles[0]?.text ?? "";
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    own = await browser.openApp("/files");
    await signInAs("bob");
    await (await connects(true)).close();
    await signOut();
    await signInAs("alice");
    notes = await connects(false);
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
  });

  test("what alice wrote and was not stored does not arrive in bob's area, whatever the page tries", async () => {
    await notes.evaluate(() => app.open());
    await signOut();
    await new PersonOnPage(notes).sees("You have signed out of Holdall.");
    await notes.evaluate(() => {
      app.write("theme", "of alice");
      app.note("Diary of alice");
    });
    await signInAs("bob");
    await returnTo(notes);
    await new PersonOnPage(notes).sees("Somebody else is signed in");
    expect(await notes.evaluate(() => app.flush())).toBe("signed-out person");
    expect(await notes.evaluate(() => app.tries())).toEqual(Array(5).fill("signed-out person"));
    const bobs = await example("notes.html");
    await new PersonOnPage(bobs).sees("No notes yet.");
    expect(await bobs.evaluate(() => app.all())).toEqual([]);
    await bobs.close();
  });

  test("it is stored when alice is back", async () => {
    await signOut();
    await signInAs("alice");
    await returnTo(notes);
    await notes.waitForFunction(() => document.querySelector("#status")?.textContent === "All saved.");
    expect(await notes.evaluate(() => app.flush())).toBe("stored");
    expect(await notes.evaluate(() => app.all())).toEqual(["Diary of alice", "of alice"]);
  });

  test("what remoteStorage.js keeps of alice is gone before it serves bob", async () => {
    await notes.evaluate(() => app.use());
    await signOut();
    // It works offline, and keeps this in the browser.
    await notes.evaluate(() => app.keep("diary.txt", "of alice"));
    expect(await notes.evaluate(() => app.kept("diary.txt"))).toBe("of alice");
    await notes.close();
    await signInAs("bob");
    const bobs = await example("notes.html");
    await new PersonOnPage(bobs).sees("No notes yet.");
    await bobs.evaluate(() => {
      document.title = "Before";
      app.use();
    });
    await bobs.waitForFunction(() => document.title === "Notes");
    await bobs.evaluate(script);
    await bobs.evaluate(() => app.use());
    expect(await bobs.evaluate(() => app.kept("diary.txt"))).toBeNull();
    await bobs.evaluate(() => app.keep("list.txt", "of bob"));
    await expect.poll(() => bobs.evaluate(() => app.files()), { timeout: 15_000 }).toEqual(["shopping/list.txt"]);
  });
});
