/** A permission that the person takes away, and gives back by one click. Chromium's prompt is native, out of the driver's reach. */
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { acceptFirefoxPrompt } from "../support/firefox-window.ts";
import { launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

const host = "127.0.0.1";

describe("a permission that was taken away in firefox", () => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  let alice: AwsAccess;

  const takeAway = () =>
    app.page.evaluate(
      (origins) => (globalThis as unknown as { browser: typeof chrome }).browser.permissions.remove({ origins }),
      [`http://${host}/*`, "http://localhost/*"],
    );
  const giveBack = async () => {
    await app.click(textOf("allow_host", host));
    await acceptFirefoxPrompt(browser.browser);
  };

  beforeAll(async () => {
    world = await startTestWorld();
    alice = await accessAs(world, "alice");
    browser = await launchExtension("firefox", { extension: await world.buildExtension("firefox") });
    app = new PersonOnPage(await browser.openApp("/files"));
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
  });

  test("is said at sign-in before any window opens, and one click leads to the window", async () => {
    await app.seesButton(textOf("sign_in"));
    expect(await takeAway()).toBe(true);
    await app.click(textOf("sign_in"));
    await app.sees(textOf("error_permission_needed", host));
    await giveBack();
    const login = new PersonOnPage(await browser.waitForPage(world.aws.issuer));
    await login.fill("Name", "alice");
    await login.fill("Password", world.aws.people.find((person) => person.name === "alice")?.password ?? "");
    await login.click("Sign in");
    await poll("alice to be signed in", () => sessionRecord(app.page));
  });

  test("makes an upload wait, which goes on once it is there again", async () => {
    await app.sees(textOf("empty_files"));
    await takeAway();
    await app.page.evaluate(async () => {
      const { view } = await chrome.storage.session.get("view");
      const { activeProfile: profile } = view as { activeProfile: string };
      const files = [{ file: new File(["waited"], "f"), size: 6, path: "waited.txt" }];
      const input = { profile, files, ifExists: "fail" };
      await chrome.runtime.sendMessage({ holdall: 1, command: "files.upload", input });
    });
    await giveBack();
    const aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
    const request = new HeadObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/waited.txt` });
    await poll("the upload to arrive", () =>
      alice.s3.send(request).then(
        ({ ContentLength }) => ContentLength === 6,
        () => false,
      ),
    );
  });
});
