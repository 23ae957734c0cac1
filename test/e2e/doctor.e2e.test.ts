/** The doctor in both browsers, as a person uses it: signed out, green, with a policy that lacks something, and stopped. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import type { View } from "../../src/messaging/view.ts";
import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { roleArnOf } from "../support/role-arn.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

/** Milliseconds: issue 5's figure. */
const limit = 5000;

describe.each(BROWSER_NAMES)("the doctor in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    app = new PersonOnPage(await browser.openApp("/doctor"));
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
  });

  const latest = async (): Promise<CheckRun | null> => {
    const stored = await app.page.evaluate(() => chrome.storage.session.get("view"));
    return (stored.view as View | undefined)?.checks.doctor ?? null;
  };
  /** Presses a button and waits for the end of the run that it begins. */
  async function run(press: string): Promise<CheckRun> {
    const before = (await latest())?.startedAt;
    await app.click(press);
    return await poll("the run's end", async () => {
      const now = await latest();
      return now !== null && now.startedAt !== before && now.endedAt !== null ? now : null;
    });
  }
  const states = (done: CheckRun) =>
    Object.fromEntries(done.steps.filter(({ state }) => state !== "passed").map(({ id, state }) => [id, state]));

  test("signed out: everything up to the sign-in is tried", async () => {
    const done = await run(textOf("doctor_run"));
    const skipped = done.steps.filter(({ state }) => state === "skipped");
    expect(skipped[0]?.id).toBe("sign-in");
    expect(states(done)).toEqual(Object.fromEntries(skipped.map(({ id }) => [id, "skipped"])));
    await app.sees(textOf("check_because_sign_in"));
  });

  test("signed in: all steps pass, within five seconds", async () => {
    await signIn(browser, app.page, world.aws, "alice");
    Object.assign(secrets, secretsOf("alice", await poll("alice to be signed in", () => sessionRecord(app.page))));
    const done = await run(textOf("doctor_run"));
    expect(states(done)).toEqual({});
    expect((done.endedAt ?? Number.POSITIVE_INFINITY) - done.startedAt).toBeLessThan(limit);
    await app.sees(textOf("check_passed_all", done.steps.length));
  });

  test("a policy without s3:ListBucket: the step fails, and the statement is shown", async () => {
    const role = roleArnOf(world.aws.profile).split("/").at(-1);
    const roles = (await world.control("GET", "/iam/roles")) as { name: string; permissionPolicy: PolicyDocument }[];
    const { permissionPolicy: whole } = roles.find((one) => one.name === role) ?? {};
    const Statement = whole?.Statement.filter(({ Sid }) => Sid !== "ListOwnFolder");
    expect(Statement).toHaveLength((whole?.Statement.length ?? 0) - 1);
    await world.control("PUT", "/iam/permission-policy", { role, policy: { ...whole, Statement } });
    const done = await run(textOf("check_run_again"));
    expect(states(done)).toMatchObject({ "objects.list": "failed" });
    await app.sees(textOf("doctor_in_permission_policy", role ?? "", "ListOwnFolder"));
    await world.control("DELETE", "/iam");
  });

  test("closing the page stops nothing", async () => {
    await world.control("POST", "/faults", { operation: "HeadObject", kind: "delay", ms: 1500 });
    const before = (await latest())?.startedAt;
    await app.click(textOf("check_run_again"));
    await poll("the run to begin", async () => (await latest())?.startedAt !== before);
    await app.page.close();
    app = new PersonOnPage(await browser.openApp("/doctor"));
    const done = await poll("the run's end", async () => {
      const now = await latest();
      return now !== null && now.endedAt !== null && now.startedAt !== before ? now : null;
    });
    expect(states(done)).toEqual({});
    await app.sees(textOf("check_passed_all", done.steps.length));
  });

  test("no secret is in what pages see, nor anywhere on disk", async () => {
    const seen = JSON.stringify(await app.page.evaluate(() => chrome.storage.session.get("view")));
    const shown = await app.page.evaluate(() => document.documentElement.outerHTML);
    for (const [secret, value] of Object.entries(secrets)) {
      expect([secret, seen.includes(value), shown.includes(value)]).toEqual([secret, false, false]);
    }
    await browser.close();
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
