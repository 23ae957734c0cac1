/** The isolation proof in both browsers, as a person uses it: green, its report, and with a policy that has a hole. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localSettings } from "../../local/config.ts";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import type { View } from "../../src/messaging/view.ts";
import { BROKEN_POLICIES } from "../support/broken-policies.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

describe.each(BROWSER_NAMES)("the isolation proof in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  let report = "";
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    app = new PersonOnPage(await browser.openApp("/proof"));
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
  });

  const latest = async (): Promise<CheckRun | null> => {
    const stored = await app.page.evaluate(() => chrome.storage.session.get("view"));
    return (stored.view as View | undefined)?.checks.proof ?? null;
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

  test("signed in: AWS denies and allows as it has to, and the page says that it is proven", async () => {
    await signIn(browser, app.page, world.aws, "alice");
    Object.assign(secrets, secretsOf("alice", await poll("alice to be signed in", () => sessionRecord(app.page))));
    const done = await run(textOf("proof_run"));
    expect(states(done)).toEqual({});
    await app.sees(textOf("proof_proven", 44));
  });

  test("every request of it is in the activity list", async () => {
    const log = (await world.control("GET", "/requests")) as { service: string; operation: string }[];
    const asked = log.filter(({ service }) => service === "s3" || service === "dynamodb");
    const answer = (await app.page.evaluate(() =>
      chrome.runtime.sendMessage({ holdall: 1, command: "activity.list", input: { after: 0 } }),
    )) as { value: { entries: { action: string }[] } };
    const counted = (actions: string[]) =>
      Object.fromEntries([...new Set(actions)].sort().map((one) => [one, actions.filter((a) => a === one).length]));
    const listed = counted(answer.value.entries.map(({ action }) => action));
    expect(listed).toMatchObject(counted(asked.map(({ operation }) => operation)));
    expect(Object.keys(listed)).toEqual(
      expect.arrayContaining([
        "Scan",
        "ExecuteStatement",
        "ListMultipartUploads",
        "ListObjectVersions",
        "DescribeTable",
      ]),
    );
    expect(asked.length).toBeGreaterThan(60);
  });

  test("its report is copied, dated, with every line", async () => {
    // What a page may put into the clipboard is the browser's matter; what it puts there is ours.
    await app.page.evaluate(() => {
      const write = navigator.clipboard.writeText.bind(navigator.clipboard);
      navigator.clipboard.writeText = async (text: string) => {
        document.documentElement.dataset.copied = text;
        await write(text);
      };
    });
    await app.click(textOf("check_copy_report"));
    report = await poll("the report", () => app.page.evaluate(() => document.documentElement.dataset.copied ?? null));
    const done = await latest();
    for (const part of [
      textOf("proof_proven", 44),
      new Date(done?.startedAt ?? 0).toISOString(),
      `${textOf("proof_step_items_scan")}: **${textOf("proof_state_denied")}**`,
      "400 AccessDeniedException dynamodb:Scan",
      "403 AccessDenied s3:GetObject",
      `${textOf("proof_step_own_objects_put")}: **${textOf("proof_state_allowed")}**`,
      "aws s3 ls --recursive",
    ]) {
      expect(report).toContain(part);
    }
    await app.page.evaluate(() => delete document.documentElement.dataset.copied);
  });

  test("a policy with a hole: the page names it, and the statement", async () => {
    const settings = localSettings(world.aws.issuer);
    const broken = BROKEN_POLICIES.find((one) => one.name === "leading keys by ForAnyValue");
    const policy = broken?.permissionPolicy(settings);
    const role = settings.options.roleName;
    await world.control("PUT", "/iam/permission-policy", { role, policy });
    const done = await run(textOf("check_run_again"));
    expect(states(done)).toMatchObject({ "items.batch-get": "failed", "site-items.batch-get": "failed" });
    await app.sees(textOf("proof_hole"));
    await app.sees(textOf("proof_hole_items_mixed"));
    await app.sees(textOf("doctor_in_permission_policy", role, "OwnItems"));
    await world.control("DELETE", "/iam");
    expect(states(await run(textOf("check_run_again")))).toEqual({});
  });

  test("no secret is in the report, in what pages see, nor anywhere on disk", async () => {
    const seen = JSON.stringify(await app.page.evaluate(() => chrome.storage.session.get("view")));
    const shown = await app.page.evaluate(() => document.documentElement.outerHTML);
    for (const [secret, value] of Object.entries(secrets)) {
      const found = [report, seen, shown].map((text) => text.includes(value));
      expect([secret, ...found]).toEqual([secret, false, false, false]);
    }
    await browser.close();
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
