/** The doctor's page in a real browser: live, by keyboard, with what is to be changed ready to copy. */
import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { WireError } from "../../src/shared/result.ts";
import { deniedList, doctorRun, doctorViews, failedStep, withDoctor } from "../ui/harness/doctor-fixtures.ts";
import { errors, profilePreview, signedIn } from "../ui/harness/fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();
const text = JSON.stringify(profilePreview.profile);
const answers = {
  "profiles.export": { ok: true, value: { text } },
  "checks.start": { ok: true, value: null },
  "checks.cancel": { ok: true, value: null },
} as const;
const at = (view = doctorViews.green) => ({ route: "#/doctor", view, answers });
const button = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`);
const status = (page: Page) => page.$eval("[role=status]", (element) => element.textContent);
const opened = (page: Page) =>
  page.$$eval("details[open] > summary .step-name", (all) => all.map((name) => name.textContent));

test("runs, shows each step as it comes, and can be stopped", async () => {
  const page = await open(at(doctorViews.never));
  await button(page, "Run the doctor").click();
  await vi.waitFor(async () =>
    expect(await inputs(page, "checks.start")).toEqual([{ profile: "acme-beta", kind: "doctor" }]),
  );
  await push(page, doctorViews.running);
  await page.locator(".step.running").wait();
  expect(await status(page)).toBe("15 of 33 steps");
  await button(page, "Stop").click();
  await vi.waitFor(async () => expect(await inputs(page, "checks.cancel")).toEqual([{ kind: "doctor" }]));
  await push(page, doctorViews.green);
  await vi.waitFor(async () => expect(await status(page)).toMatch(/^All 33 steps passed · 1\.2 s · /));
});

test("the first failure opens by itself and is in sight, and no other", async () => {
  const later = failedStep({ ...deniedList, facts: { ...deniedList.facts, subs: ["s3:PutObject", "x"] } });
  const page = await open(
    at(withDoctor(signedIn, doctorRun({ "objects.put": later, "objects.list": failedStep(deniedList) }))),
  );
  await page.locator(".change").wait();
  expect(await opened(page)).toEqual(["List the folder"]);
  await vi.waitFor(async () => {
    const inSight = await page.$eval(".failure", (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    expect(inSight).toBe(true);
  });
  expect(await status(page)).toMatch(/^2 steps failed/);
});

test("the statement and the report are copied", async () => {
  const page = await open(at(doctorViews.denied));
  await page.evaluate(() => {
    const copied: string[] = [];
    Object.assign(globalThis, { copied });
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (one: string) => void copied.push(one) },
    });
  });
  await page.locator(".change button").click();
  await button(page, "Copy report").click();
  const copied = await vi.waitFor(async () => {
    const all = await page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
    expect(all).toHaveLength(2);
    return all;
  });
  expect(JSON.parse(copied[0] ?? "")).toMatchObject({ Sid: "ListOwnFolder" });
  expect(copied[1]).toContain("# Holdall doctor: report");
  expect(copied[1]).toContain("4442587FB7D0A2F9");
});

test("what a step found opens by keyboard", async () => {
  const page = await open(at());
  await page.locator(".step summary").wait();
  await page.focus(".step summary");
  await page.keyboard.press("Enter");
  await vi.waitFor(async () => expect(await opened(page)).toEqual(["May reach the profile's hosts"]));
});

test("signed out: the rest says what it waits for, and the way to sign in is there", async () => {
  const page = await open(at(doctorViews.signedOut));
  await page.locator(".step.skipped").wait();
  const notes = await page.$$eval(".step-note", (all) => all.map((note) => note.textContent?.trim()));
  expect(new Set(notes)).toEqual(new Set(["Sign in first."]));
  await button(page, "Sign in").click();
  await vi.waitFor(async () => expect(await inputs(page, "session.signIn")).toEqual([{ profile: "acme-beta" }]));
});

test("a run of another profile is not shown", async () => {
  const page = await open(at(withDoctor(signedIn, doctorRun({}, { profile: "acme" }))));
  await button(page, "Run the doctor").wait();
  expect(await page.$(".step")).toBeNull();
});

test("a run that the browser ended says so", async () => {
  const ended = { state: "skipped", facts: { because: "ended" } } as const;
  const page = await open(at(withDoctor(signedIn, doctorRun({ links: ended }, { cancelled: true }))));
  await page.locator("::-p-text(The browser ended the background. Run it again.)").wait();
  expect(await status(page)).toMatch(/^Stopped early/);
});

test("an error that setup may have caused leads here, and one of the network does not", async () => {
  const refused = (error: WireError) => ({ "files.list": { ok: false, error } }) as const;
  const page = await open({ route: "#/files/", answers: refused(errors.denied) });
  await page.locator(".doctor-link").click();
  await page.locator(".checks-page").wait();
  const busy = await open({ route: "#/files/", answers: refused({ code: "throttled", facts: {} }) });
  await busy.locator(".error-panel").wait();
  expect(await busy.$(".doctor-link")).toBeNull();
});
