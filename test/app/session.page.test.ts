import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { defaultCaptureSettings } from "../../src/messaging/captures-view.ts";
import { errors, signedIn } from "../ui/harness/fixtures.ts";
import { answered, choices, choosing, locked, withRole } from "../ui/harness/session-fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();
const listed = {
  "files.list": { ok: true, value: { files: signedIn.recent.files, folders: [], cursor: null } },
} as const;

const others = {
  "transfers.settings": { ok: true, value: { sendOnce: true } },
  "captures.settings": { ok: true, value: defaultCaptureSettings },
} as const;
const lockSettings = (idleMinutes: number | null, managed = false, tellsScreenLock = true) => {
  const value = { idleMinutes, onScreenLock: false, managed, tellsScreenLock };
  return { "session.lockSettings": { ok: true, value } } as const;
};
const minutes = (page: Page) => page.$eval(".lock-minutes", (select) => (select as HTMLSelectElement).value);

test("when it locks is saved with each choice", async () => {
  const page = await open({ route: "#/settings", answers: { ...others, ...lockSettings(15) } });
  await page.waitForSelector(".lock-minutes");
  expect(await minutes(page)).toBe("15");
  expect(await page.$$eval(".lock-minutes option", (all) => all.map((one) => one.textContent))).toEqual([
    ...["Never", "1 minute", "5 minutes", "15 minutes", "30 minutes", "1 hour", "4 hours"],
  ]);
  await page.select(".lock-minutes", "240");
  await page.locator("::-p-text(Also when the screen locks)").click();
  await page.select(".lock-minutes", "");
  await expect
    .poll(() => inputs(page, "session.configureLock"))
    .toEqual([
      { idleMinutes: 240, onScreenLock: false },
      { idleMinutes: 240, onScreenLock: true },
      { idleMinutes: null, onScreenLock: true },
    ]);
});

test("the screen's lock is not offered by a browser that does not tell of it", async () => {
  const page = await open({ route: "#/settings", answers: { ...others, ...lockSettings(15, false, false) } });
  await page.waitForSelector(".lock-minutes");
  expect(await page.$eval("body", (body) => body.textContent)).not.toContain("Also when the screen locks");
});

test("a choice that was not saved is taken back and said", async () => {
  const failed = { ok: false, error: { code: "internal", facts: {} } } as const;
  const answers = { ...others, ...lockSettings(15), "session.configureLock": failed };
  const page = await open({ route: "#/settings", answers });
  await page.waitForSelector(".lock-minutes");
  await page.select(".lock-minutes", "5");
  await page.waitForSelector(".error-panel");
  expect(await minutes(page)).toBe("15");
});

test("what an administrator decided is shown and cannot be changed", async () => {
  const page = await open({ route: "#/settings", answers: { ...others, ...lockSettings(10, true) } });
  await page.locator("::-p-text(Your administrator decided this)").wait();
  expect(await minutes(page)).toBe("10");
  expect(await page.$$eval(":is(.lock-minutes, .choice input):disabled", (all) => all.length)).toBe(2);
});

test("settings that cannot be read are said and asked for again", async () => {
  const answers = {
    ...others,
    "session.lockSettings": [{ ok: false as const, error: errors.journal }, lockSettings(5)["session.lockSettings"]],
  };
  const page = await open({ route: "#/settings", answers });
  await page.locator("section .error-panel ::-p-text(Try again)").click();
  await page.waitForSelector(".lock-minutes");
});

test("a role is chosen in place of the files, and the settings are there meanwhile", async () => {
  const page = await open({
    view: choosing,
    answers: { ...others, ...lockSettings(5), ...answered(choices), ...listed },
  });
  await page.locator(".role").click();
  await expect
    .poll(() => inputs(page, "session.chooseRole"))
    .toEqual([{ profile: "acme-beta", role: choices.applications[0]?.roles[0]?.arn }]);
  await page.locator('::-p-aria([name="Settings"][role="link"])').click();
  await page.waitForSelector(".lock-minutes");
  await push(page, withRole);
  await page.locator('::-p-aria([name="Files"][role="link"])').click();
  await page.locator("::-p-text(report.pdf)").wait();
});

test("a lock closes what is open over the page, and names nobody", async () => {
  const page = await open({ view: withRole, answers: { ...listed, ...answered(choices) } });
  await page.locator("[aria-label=Menu]").click();
  await page.locator("::-p-text(Change role…)").click();
  await page.locator("dialog .role").wait();
  await push(page, locked);
  await page.locator("::-p-text(Holdall is locked)").wait();
  expect(await page.$("dialog, .toast")).toBeNull();
  expect(await page.$eval("body", (body) => body.textContent)).not.toMatch(/alice|report\.pdf/);
});

test("a refusal that comes when the dialog is closed is said all the same", async () => {
  const page = await open({
    view: withRole,
    answers: { ...listed, ...answered(choices), "session.chooseRole": "never" },
  });
  await page.evaluate(() => {
    const { harness } = globalThis as unknown as { harness: { answers: Record<string, unknown> } };
    harness.answers["session.chooseRole"] = new Promise((resolve) => Object.assign(globalThis, { answerNow: resolve }));
  });
  await page.locator("[aria-label=Menu]").click();
  await page.locator("::-p-text(Change role…)").click();
  await page.locator("dialog .role").click();
  await page.locator("::-p-text(Asking AWS for “Reader”)").wait();
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { hidden: true });
  await page.evaluate(
    (answer) => (globalThis as unknown as { answerNow: (answer: unknown) => void }).answerNow(answer),
    { ok: false, error: errors.trust },
  );
  await page.locator(".toast ::-p-text(Holdall could not go on as “Reader”)").wait();
  expect(await page.$eval(".who-button", (who) => who.textContent)).toBe("aliceEditor52 min");
});
