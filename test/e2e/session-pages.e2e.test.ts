/** What a person sees of their session, in real browsers: the roles, another one, the lock, and who they are. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

describe.each(BROWSER_NAMES)("the pages of a session in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  beforeAll(async () => {
    world = await startTestWorld();
    const extension = await world.buildExtension(name, { profiles: [world.aws.profiles[2]] });
    browser = await launchExtension(name, { extension });
    app = new PersonOnPage(await browser.openApp("/files"));
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
  });

  const roles = () => app.page.$$eval(".role-name", (all) => all.map((one) => one.textContent));
  /** Clicks the role of that name, once the list is there. */
  const choose = async (role: string) => {
    await poll("the roles", async () => (await roles()).includes(role));
    await app.page.evaluate((wanted) => {
      const found = [...document.querySelectorAll<HTMLElement>(".role")].find(
        (row) => row.querySelector(".role-name")?.textContent === wanted,
      );
      found?.click();
    }, role);
  };
  const accountLine = () => app.page.$eval(".who-button", (who) => who.textContent ?? "").catch(() => "");
  const menu = async (item: string) => {
    await app.click(textOf("menu"));
    await app.click(textOf(item));
  };

  test("a role is chosen; the one that IAM refuses is named and the next one taken", async () => {
    await signIn(browser, app.page, world.aws, "alice");
    await choose("Auditor");
    await app.sees("IAM refused the role “Auditor”");
    expect(await roles()).toEqual(["Everything", "Reader", "Auditor"]);
    await choose("Everything");
    await poll("the account line", async () => (await accountLine()).includes("Everything"));
  });

  test("another role is taken from the menu; refused, the session goes on", async () => {
    await menu("role_change");
    await choose("Auditor");
    await app.sees(textOf("role_refused_kept"));
    expect(await accountLine()).toContain("Everything");
    await choose("Reader");
    await poll("the account line", async () => (await accountLine()).includes("Reader"));
    await poll("the dialog to close", async () => (await app.page.$("dialog")) === null);
  });

  test("who I am is told with the role's ARN, and nothing secret", async () => {
    await app.page.click(".who-button");
    const told = await poll("the details", async () => {
      const text = await app.page.$eval(".session-details", (box) => box.textContent ?? "").catch(() => "");
      return text.includes(":role/") ? text : null;
    });
    const record = await sessionRecord(app.page);
    expect(told).toContain(record?.identity?.id);
    for (const secret of [record?.idToken, record?.credentials?.accessKeyId, record?.credentials?.sessionToken]) {
      expect(told).not.toContain(secret);
    }
    await app.page.keyboard.press("Escape");
  });

  test("locked, nobody is named and nothing secret is left; unlocked, the role is the same", async () => {
    await menu("lock_now");
    await app.sees(textOf("locked"));
    expect(await sessionRecord(app.page)).toBeNull();
    const shown = await app.page.$eval("body", (body) => body.textContent ?? "");
    expect(shown).not.toContain("Alice");
    await app.click(textOf("unlock"));
    const login = new PersonOnPage(await browser.waitForPage(world.aws.issuer));
    await login.fill("Name", "alice");
    await login.fill("Password", world.aws.people.find((person) => person.name === "alice")?.password ?? "");
    await login.click("Sign in");
    await poll("the account line", async () => (await accountLine()).includes("Reader"));
  });

  test("when it locks is kept", async () => {
    const settings = async () => {
      const page = await browser.openApp("/settings");
      await page.waitForSelector(".lock-minutes");
      const minutes = await page.$eval(".lock-minutes", (select) => (select as HTMLSelectElement).value);
      return { page, minutes };
    };
    const { page, minutes } = await settings();
    const next = minutes === "30" ? "60" : "30";
    await page.select(".lock-minutes", next);
    await poll("the choice to be kept", async () => (await settings()).minutes === next);
  });
});
