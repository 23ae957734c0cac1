/** Captures with less, and with more, than what the extension holds from the start. */
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaptureRow } from "../../src/messaging/captures-view.ts";
import type { CommandName, Input, Output } from "../../src/messaging/protocol.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { BrowserName, ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { pressButton } from "../support/press-button.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";
import { picture, type SourceSite, startSourceSite } from "./captures/source-site.ts";

interface Stage {
  world: TestWorld;
  site: SourceSite;
  browser: ExtensionBrowser;
  alice: AwsAccess;
  app: Page;
  page: Page;
  secrets: Record<string, string>;
}

/** Signed in as alice, with a page of the site open. */
async function setStage(name: BrowserName, permissions: string[]): Promise<Stage> {
  const [world, site] = await Promise.all([startTestWorld(), startSourceSite()]);
  const extension = await world.buildExtension(name, { siteGranted: false, permissions });
  const browser = await launchExtension(name, { extension, hosts: [SITE_HOST] });
  const app = await browser.openApp("/captures");
  await signIn(browser, app, world.aws, "alice");
  const secrets = secretsOf("alice", await poll("alice to be signed in", () => sessionRecord(app)));
  const page = await browser.openWebPage(`${site.origin}/`);
  return { world, site, browser, alice: await accessAs(world, "alice"), app, page, secrets };
}

async function strike({ world, site, browser, alice }: Stage): Promise<void> {
  alice.close();
  await browser.dispose();
  await Promise.all([world.close(), site.close()]);
}

async function ask<Name extends CommandName>({ app }: Stage, command: Name, input: Input<Name>): Promise<Output<Name>> {
  const answer = await app.evaluate((message) => chrome.runtime.sendMessage(message), { holdall: 1, command, input });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

/** The newest capture, once there are `many`. */
async function stored(stage: Stage, many: number): Promise<CaptureRow> {
  const profile = (await ask(stage, "view.get", {})).activeProfile ?? "";
  return await poll("the capture to be stored", async () => {
    const failed = (await ask(stage, "view.get", {})).captures.pending.find(({ state }) => state === "failed");
    if (failed !== undefined) throw new Error(JSON.stringify(failed));
    const { rows } = await ask(stage, "captures.list", { profile, filter: {}, limit: 10 });
    return rows.length === many ? rows[0] : undefined;
  });
}

async function bytesOf({ world, alice }: Stage, path: string): Promise<Buffer> {
  const Key = `${world.aws.people.find(({ name }) => name === "alice")?.subject}/${path}`;
  const { Body } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe.each(BROWSER_NAMES)("without the permission for the page's site, in %s", (name) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(name, []);
  });
  afterAll(() => strike(stage));

  test("an image of it is fetched within the page, as the click allows", async () => {
    const { app, browser, page, site } = stage;
    const held = await app.evaluate(() => chrome.permissions.contains({ origins: ["http://notes.example/*"] }));
    expect(held).toBe(false);
    const before = site.requests.length;
    // Chromium's menus are driven from within, which grants nothing: the toolbar's button does what the menu would.
    await pressButton(browser, page);
    const title = textOf("menu_save_image");
    await browser.chooseFromMenu({ page, at: "#near", title, menuItemId: "save-image" });
    const row = await stored(stage, 1);
    expect(row).toMatchObject({ kind: "image", type: "image/png", url: `${site.origin}/near.png` });
    expect(await bytesOf(stage, row.path)).toEqual(picture("near"));
    // Once, and by the page itself.
    expect(site.requests.slice(before).map(({ path }) => path)).toEqual(["/near.png"]);
  });

  test("no secret of hers is anywhere on disk", async () => {
    await stage.browser.close();
    expect(await searchForSecrets(stage.browser.profileDir, stage.secrets)).toEqual([]);
  });
});

// Firefox has no such format.
describe("with the permission for page captures, in Chromium", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage("chromium", ["pageCapture"]);
  });
  afterAll(() => strike(stage));

  test("a page is stored as MHTML, with its pictures in it", async () => {
    const { app, browser, page, site } = stage;
    await pressButton(browser, page);
    await page.bringToFront();
    const tab = await app.evaluate(
      async () =>
        (await chrome.tabs.query({ active: true })).find(({ url }) => url === undefined || !url.startsWith("chrome"))
          ?.id,
    );
    await ask(stage, "captures.take", { kind: "page", tab: tab ?? -1, tags: [], note: "" });
    const row = await stored(stage, 1);
    expect(row).toMatchObject({ kind: "page", type: "multipart/related", path: expect.stringMatching(/\.mhtml$/) });
    const text = (await bytesOf(stage, row.path)).toString("latin1");
    expect(text).toMatch(/^From: <Saved by Blink>\r\nSnapshot-Content-Location: /);
    expect(text).toContain(`Snapshot-Content-Location: ${site.origin}/`);
    expect(text).toContain("Content-Type: image/png");
    expect(text.replaceAll(/\s/g, "")).toContain(picture("near").toString("base64"));
  });

  test("no secret of hers is anywhere on disk", async () => {
    await stage.browser.close();
    expect(await searchForSecrets(stage.browser.profileDir, stage.secrets)).toEqual([]);
  });
});
