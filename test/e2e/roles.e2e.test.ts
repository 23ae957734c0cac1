/** Roles of a directory in both browsers: chosen, refused, remembered, changed, and behind a lock. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { takeRole } from "../support/take-role.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

const NAME = "Alice Archer";

/** One person's day, in order: each test goes on where the one before ended. */
describe.each(BROWSER_NAMES)("roles of a directory in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  /** With all rights of hers, whatever the browser has. */
  let alice: AwsAccess & { identity: string };
  let disk: string;
  const secrets: Record<string, string> = {};

  const menu = async (entry: string) => {
    await app.click(textOf("menu"));
    await app.click(textOf(entry));
  };
  const keepSecrets = async (when: string) =>
    Object.assign(secrets, secretsOf(`alice's ${when}`, await poll("the session", () => sessionRecord(app.page))));
  const view = async () => (await app.page.evaluate(() => chrome.storage.session.get("view"))).view as View;
  const inUse = () =>
    poll("a role in use", async () => {
      const { session } = await view();
      return session.state === "signed-in" ? session.role?.name : null;
    });
  /** What a sign-in and what follows it cost: operations of provider, directory and STS, in order. */
  const asked = async () =>
    ((await world.control("GET", "/requests")) as { service: string; operation: string; status: number }[])
      .filter(({ service, operation }) => service === "sts" || service === "directory" || operation === "token")
      .map(({ operation, status }) => `${operation} ${status}`);
  const upload = async (file: string) => {
    await writeFile(join(disk, file), file);
    await app.pick(textOf("choose_files"), join(disk, file));
  };
  const objects = async () => {
    const found = await alice.s3.send(new ListObjectsV2Command({ Bucket: alice.bucket, Prefix: `${alice.identity}/` }));
    return (found.Contents ?? []).map(({ Key = "" }) => Key.slice(alice.identity.length + 1));
  };

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), "holdall-roles-"));
    world = await startTestWorld();
    const extension = await world.buildExtension(name, { profiles: [world.aws.profiles[2]] });
    browser = await launchExtension(name, { extension });
    alice = await accessAs(world, "alice");
    app = new PersonOnPage(await browser.openApp("/files"));
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
    await rm(disk, { recursive: true, force: true });
  });

  test("alice signs in at the provider and is asked for a role; nothing was asked of AWS", async () => {
    await world.control("DELETE", "/requests");
    await signIn(browser, app.page, world.aws, "alice");
    await app.sees(textOf("role_choose", NAME));
    expect(await asked()).toEqual(["token 200", "roles 200"]);
    const record = await poll("the session", () => sessionRecord(app.page));
    expect(record).toMatchObject({ identity: null, credentials: null, role: null });
    await keepSecrets("sign-in without a role");
    // Of all tokens in the browser's memory only the ID token is left: the directory's was for one question.
    const kept = JSON.stringify(await app.page.evaluate(() => chrome.storage.session.get(null)));
    const tokens = new Set(kept.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g));
    expect([...tokens]).toEqual([record.idToken]);
    if (name === "chromium") await browser.killWorker();
  });

  test("the auditor's role is refused by IAM, which says so and offers the others", async () => {
    await takeRole(app, "Auditor");
    await app.sees(textOf("role_refused", "Auditor"));
    await app.sees(textOf("role_refused_others"));
    expect((await view()).session).toMatchObject({ state: "choosing-role", refused: { name: "Auditor" } });
    await app.sees(textOf("role_choose", NAME));
  });

  test("with another she writes", async () => {
    await takeRole(app, "Everything");
    expect(await inUse()).toBe("Everything");
    await keepSecrets("role");
    await upload("written.txt");
    await app.seesButton(textOf("save_name", "written.txt"));
    await poll("the object in the bucket", async () => (await objects()).includes("written.txt"));
  });

  test("at the next sign-in the role is remembered: one token, one question to the directory, one to STS", async () => {
    await menu("sign_out");
    await app.seesButton(textOf("sign_in"));
    expect(await sessionRecord(app.page)).toBeNull();
    await world.control("DELETE", "/requests");
    await signIn(browser, app.page, world.aws, "alice");
    expect(await inUse()).toBe("Everything");
    await keepSecrets("second sign-in");
    expect(await asked()).toEqual(["token 200", "roles 200", "AssumeRoleWithWebIdentity 200"]);
    await app.seesButton(textOf("save_name", "written.txt"));
  });

  test("a change that IAM refuses leaves everything as it was", async () => {
    const before = await sessionRecord(app.page);
    await menu("role_change");
    await takeRole(app, "Auditor");
    await app.sees(textOf("role_refused_kept"));
    await app.page.keyboard.press("Escape");
    expect(await inUse()).toBe("Everything");
    expect((await sessionRecord(app.page))?.credentials).toEqual(before?.credentials);
    await upload("still.txt");
    await app.seesButton(textOf("save_name", "still.txt"));
  });

  test("as reader she reads, may not write, and is told which right is missing", async () => {
    await world.control("DELETE", "/requests");
    await menu("role_change");
    await takeRole(app, "Reader");
    await app.sees(textOf("role_changed", "Reader"));
    expect(await inUse()).toBe("Reader");
    await keepSecrets("reader's role");
    // The ID token is exchanged once more: neither the provider nor the directory is asked.
    expect(await asked()).toEqual(["AssumeRoleWithWebIdentity 200"]);
    await upload("refused.txt");
    await app.page.evaluate(() => {
      location.hash = "/transfers";
    });
    await app.sees("s3:PutObject", 30_000);
    expect(await objects()).toEqual(expect.arrayContaining(["still.txt", "written.txt"]));
    expect(await objects()).not.toContain("refused.txt");
    await app.page.evaluate(() => {
      location.hash = "/files";
    });
    await app.seesButton(textOf("save_name", "still.txt"));
  });

  test("locked, nothing of hers is shown or kept; unlocked, the provider has asked her, and the role is the same", async () => {
    await menu("lock_now");
    await app.sees(textOf("locked"));
    await app.seesNo(NAME);
    await app.seesNo("still.txt");
    expect(await sessionRecord(app.page)).toBeNull();
    const left = JSON.stringify([await view(), await app.page.evaluate(() => chrome.storage.local.get(null))]);
    for (const trace of [alice.identity, NAME, "still.txt", ...Object.values(secrets)])
      expect(left).not.toContain(trace);
    if (name === "chromium") await browser.killWorker();
    await app.page.close();
    app = new PersonOnPage(await browser.openApp("/files"));
    await app.sees(textOf("locked"));
    await app.click(textOf("unlock"));
    const login = new PersonOnPage(await browser.waitForPage(world.aws.issuer));
    await login.fill("Name", "alice");
    await login.fill("Password", world.aws.people.find((person) => person.name === "alice")?.password ?? "");
    await login.click("Sign in");
    expect(await inUse()).toBe("Reader");
    await keepSecrets("unlocked session");
    await app.seesButton(textOf("save_name", "still.txt"));
  });

  test("who she is is told with the role's ARN, and nothing secret; and the time after which all is locked is kept", async () => {
    await app.page.click(".who-button");
    const told = await poll("the details", async () => {
      const text = await app.page.$eval(".session-details", (box) => box.textContent ?? "").catch(() => "");
      return text.includes(":role/") ? text : null;
    });
    expect(told).toContain(alice.identity);
    for (const secret of Object.values(secrets)) expect(told).not.toContain(secret);
    await app.page.keyboard.press("Escape");
    const settings = async () => {
      const page = await browser.openApp("/settings");
      await page.waitForSelector(".lock-minutes");
      return { page, minutes: await page.$eval(".lock-minutes", (select) => (select as HTMLSelectElement).value) };
    };
    const { page, minutes } = await settings();
    const next = minutes === "30" ? "60" : "30";
    await page.select(".lock-minutes", next);
    await poll("the choice to be kept", async () => (await settings()).minutes === next);
    // A page behind another one is drawn late, if at all.
    await app.page.bringToFront();
  });

  test("what the reader may not send goes on with the role that may", async () => {
    await menu("role_change");
    await takeRole(app, "Everything");
    await app.sees(textOf("role_changed", "Everything"));
    await app.page.evaluate(() => {
      location.hash = "/transfers";
    });
    await app.click(textOf("menu_of", "refused.txt"));
    await app.click(textOf("retry"));
    await poll("the object in the bucket", async () => (await objects()).includes("refused.txt"));
    const Key = `${alice.identity}/refused.txt`;
    const { Body } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key }));
    expect(await Body?.transformToString()).toBe("refused.txt");
  });

  test("no secret of any of these sessions is in the page, nor anywhere on disk", async () => {
    await keepSecrets("last session");
    const shown = await app.page.evaluate(() => document.documentElement.outerHTML);
    const seen = JSON.stringify(await view());
    for (const [secret, value] of Object.entries(secrets)) {
      expect([secret, shown.includes(value), seen.includes(value)]).toEqual([secret, false, false]);
    }
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(16);
    await browser.close();
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
