/** Bad input in real browsers: what is wrong and what to change is said where the person is, and what they typed stays. */
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { type StandIn, startStandIn } from "../support/stand-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { fileTests } from "./bad-input/files.ts";
import { itemTests } from "./bad-input/items.ts";
import { profileTests } from "./bad-input/profiles.ts";
import { sessionTests } from "./bad-input/sessions.ts";
import { settingsTests } from "./bad-input/settings.ts";
import { mendProfile, picture, type Stage } from "./bad-input/stage.ts";

describe.each(BROWSER_NAMES)("bad input in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  let standIn: StandIn;
  const stage = (): Stage => ({ world, browser, app, standIn });

  beforeAll(async () => {
    world = await startTestWorld();
    standIn = await startStandIn("silent");
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    app = new PersonOnPage(await browser.openApp("/files/"));
    await signIn(browser, app.page, world.aws, "alice");
    await poll("alice to be signed in", () => sessionRecord(app.page));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await picture(stage(), `failed ${task.name}`);
  });
  afterAll(async () => {
    await browser?.dispose();
    await standIn?.close();
    await world?.close();
  });

  // In Firefox only what can differ from Chromium.
  const everywhereOnly = name === "firefox";
  describe("profiles", () => profileTests(stage, everywhereOnly));
  if (!everywhereOnly) describe("the settings page", () => settingsTests(stage));
  describe("items", () => {
    beforeAll(() => mendProfile(stage()));
    itemTests(stage, everywhereOnly);
  });
  describe("files", () => {
    beforeAll(() => mendProfile(stage()));
    fileTests(stage, everywhereOnly);
  });
  describe("sessions", () => {
    beforeAll(() => mendProfile(stage()));
    sessionTests(stage, everywhereOnly);
  });
});
