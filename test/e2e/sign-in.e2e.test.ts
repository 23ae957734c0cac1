import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { acceptFirefoxPrompt } from "../support/firefox-window.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { otherHost } from "../support/page-server.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

describe.each(BROWSER_NAMES)("signing in with %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;

  /** The app's page, signed out, and the provider's window. */
  const begin = async () => {
    await app.click(textOf("sign_in"));
    return new PersonOnPage(await browser.waitForPage(world.aws.issuer));
  };

  beforeAll(async () => {
    world = await startTestWorld();
    const extension = await world.buildExtension(name, { siteGranted: false });
    browser = await launchExtension(name, { extension, hosts: [SITE_HOST, otherHost] });
  });
  beforeEach(async () => {
    await app?.page.close().catch(() => {});
    app = new PersonOnPage(await browser.openApp("/files"));
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
  });

  test("a window that is closed leads back, with the reason", async () => {
    const login = await begin();
    await login.page.close();
    await app.sees(textOf("error_sign_in_cancelled"));
    expect(await sessionRecord(app.page)).toBeNull();
  });

  test.runIf(name === "chromium")(
    "a worker that ends while the window is open leaves nobody half signed in",
    async () => {
      const login = await begin();
      await browser.killWorker();
      await login.page.close().catch(() => {});
      await app.seesButton(textOf("sign_in"));
      expect(await sessionRecord(app.page)).toBeNull();
    },
  );

  test("a wrong password is said by the provider and may be corrected", async () => {
    const login = await begin();
    await login.fill("Name", "alice");
    await login.fill("Password", "a guess");
    await login.click("Sign in");
    await login.sees("do not belong together");
    await login.fill("Password", world.aws.people.find((person) => person.name === "alice")?.password ?? "");
    await login.click("Sign in");
    const record = await poll("alice to be signed in", () => sessionRecord(app.page));
    expect(record.identity?.id).toBe(world.aws.people.find((person) => person.name === "alice")?.subject);
  });

  test("nothing secret is shown, or kept where a page's scripts could read it", async () => {
    const record = await poll("alice's session", () => sessionRecord(app.page));
    const secrets = [
      record.idToken,
      record.refreshToken,
      record.credentials?.secretAccessKey,
      record.credentials?.sessionToken,
    ];
    expect(secrets.filter((secret) => secret)).toHaveLength(4);
    for (const route of ["/files", "/items", "/settings"]) {
      await app.page.evaluate((hash) => {
        location.hash = hash;
      }, route);
      await poll(`${route} to be shown`, () =>
        app.page.evaluate((hash) => location.hash.startsWith(`#${hash}`), route),
      );
      const shown = await app.page.evaluate(async () => {
        const { view } = await chrome.storage.session.get("view");
        return [
          document.documentElement.outerHTML,
          JSON.stringify(view),
          JSON.stringify(await chrome.storage.local.get(null)),
        ];
      });
      for (const text of shown) for (const secret of secrets) expect(text.includes(secret ?? "")).toBe(false);
    }
  });

  test.runIf(name === "firefox")("a host that a capture needs is asked for in the click, and granted", async () => {
    const alice = await accessAs(world, "alice");
    const aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
    const page = await browser.openWebPage(`${world.siteOrigin}/elsewhere`);
    await browser.chooseFromMenu({
      page,
      at: "#picture",
      title: textOf("menu_save_image"),
      menuItemId: "save-image",
    });
    await acceptFirefoxPrompt(browser.browser);
    await poll("the capture in the bucket", async () => {
      const Prefix = `${aliceId}/captures/`;
      return ((await alice.s3.send(new ListObjectsV2Command({ Bucket: alice.bucket, Prefix }))).KeyCount ?? 0) > 0;
    });
    await page.close();
    alice.close();
  });

  test("another person signs in after signing out, and is asked who they are", async () => {
    await app.click(textOf("menu"));
    await app.click(textOf("sign_out"));
    await app.seesButton(textOf("sign_in"));
    expect(await sessionRecord(app.page)).toBeNull();
    await signIn(browser, app.page, world.aws, "bob");
    const record = await poll("bob to be signed in", () => sessionRecord(app.page));
    expect(record.identity?.id).toBe(world.aws.people.find((person) => person.name === "bob")?.subject);
  });
});
