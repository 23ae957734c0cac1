import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { type CaptureSettings, defaultCaptureSettings } from "../../src/messaging/captures-view.ts";
import { captureRules, errors } from "../ui/harness/fixtures.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 30_000 });

const { open, inputs } = appTest();

const opened = async (settings: CaptureSettings, more: Partial<PageState> = {}) => {
  const answers = { "captures.settings": { ok: true, value: settings }, ...more.answers } as const;
  const page = await open({ route: "#/settings", ...more, answers });
  await page.locator(".names .card").wait();
  return page;
};
const saved = async (page: Page) =>
  (await inputs(page, "captures.configure")).map((input) => input.settings as CaptureSettings);
const lastSaved = async (page: Page) => (await saved(page)).at(-1);
const ends = ({ rules }: CaptureSettings) => rules.map(({ id }) => id.at(-1)).join("");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
const examples = (page: Page) =>
  page.$$eval(".name-examples dd", (paths) => paths.map((path) => path.textContent ?? ""));
const altPress = async (page: Page, key: "ArrowDown" | "ArrowUp") => {
  await page.keyboard.down("Alt");
  await page.keyboard.press(key);
  await page.keyboard.up("Alt");
};

test("a rule is added, with examples and faults while it is written", async () => {
  const page = await opened(defaultCaptureSettings, { permissions: ["pageCapture"] });
  await page.locator("::-p-text(Add a rule)").click();
  await page.locator("::-p-aria(Site)").fill("https://blog.example.org/2026/lake");
  await page.locator(".kinds ::-p-text(Image)").click();
  await page.locator(".kinds ::-p-text(Page)").click();
  await page.locator("::-p-aria(Template)").fill("blog/<titel>");
  await page.locator("::-p-text(There is no variable <titel>.)").wait();
  await page.keyboard.press("Enter");
  expect(await saved(page)).toEqual([]);
  await page.locator("::-p-aria(Template)").fill("<site>/");
  await page.locator("::-p-text(there is no name for the file)").wait();
  await page.locator("summary ::-p-text(Variables)").click();
  await page.locator("::-p-aria(<title>)").click();
  expect(await examples(page)).toEqual([
    "blog.example.org/A walk around the lake.jpg",
    "blog.example.org/A walk around the lake.mhtml",
  ]);
  await page.select(".name-taken", "skip");
  await page.locator("::-p-aria(Save)").click();
  await page.locator('[aria-label="Edit the rule for blog.example.org"]').wait();
  const { rules = [], ...rest } = (await lastSaved(page)) ?? {};
  expect(rules).toEqual([
    {
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      site: "blog.example.org",
      kinds: ["image", "page"],
      template: "<site>/<title>",
      ifExists: "skip",
    },
  ]);
  expect({ ...rest, rules: [] }).toEqual(defaultCaptureSettings);
  await page.close();
});

test("rules are moved, removed and brought back by keyboard", async () => {
  const page = await opened(captureRules);
  await page.focus('[aria-label="Edit the rule for *.example.com"]');
  await altPress(page, "ArrowDown");
  await altPress(page, "ArrowDown");
  await altPress(page, "ArrowDown");
  expect(await focused(page)).toBe("Edit the rule for *.example.com");
  await expect.poll(async () => (await saved(page)).map(ends)).toEqual(["213", "231"]);
  await page.keyboard.press("Home");
  expect(await focused(page)).toBe("Edit the rule for Any site");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toMatch(/^Move the rule for a-host.* up$/);
  await page.keyboard.press("Enter");
  expect(await focused(page)).toMatch(/^Move the rule for a-host.* up$/);
  await expect.poll(async () => ends((await lastSaved(page)) ?? captureRules)).toBe("321");
  await page.keyboard.press("Delete");
  await expect.poll(async () => ends((await lastSaved(page)) ?? captureRules)).toBe("21");
  await expect.poll(() => focused(page)).toBe("Edit the rule for Any site");
  await page.locator("::-p-aria(Undo)").click();
  await expect.poll(async () => ends((await lastSaved(page)) ?? captureRules)).toBe("321");
  await page.close();
});

test("Escape leaves a rule as it is, and the focus where it was", async () => {
  const page = await opened(captureRules);
  await page.focus('[aria-label="Edit the rule for Any site"]');
  await page.keyboard.press("Enter");
  await page.locator("::-p-aria(Template)").fill("other");
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toBe("Edit the rule for Any site");
  expect(await page.$$eval(".card-line", (lines) => lines.map((line) => line.textContent))).toContain(
    "notes/<date> <title>",
  );
  expect(await saved(page)).toEqual([]);
  await page.close();
});

test("what cannot be kept is said, with what was typed still there", async () => {
  const page = await opened(captureRules, {
    answers: { "captures.configure": { ok: false, error: errors.journal } },
  });
  await page.locator('[aria-label="Edit: All other captures"]').click();
  await page.locator("::-p-aria(Template)").fill("all/<id>");
  await page.locator("::-p-aria(Save)").click();
  await page.locator(".rule-form [role=alert]").wait();
  expect(await page.$eval(".rule-form .input.mono", (field) => (field as HTMLInputElement).value)).toBe("all/<id>");
  await page.locator("::-p-text(Take the default)").click();
  expect(await page.$eval(".rule-form .input.mono", (field) => (field as HTMLInputElement).value)).toBe(
    defaultCaptureSettings.fallback.template,
  );
  await page.close();
});

test("MHTML is asked for in the click; refused, pages stay HTML and it is said", async () => {
  const chosen = (page: Page) =>
    page.$$eval(".segment input:checked + span", (spans) => spans.map((span) => span.textContent));
  const requested = (page: Page) =>
    page.evaluate(
      () => (globalThis as unknown as { requested: { permissions?: string[]; inClick: boolean }[] }).requested,
    );
  const refusing = await opened(defaultCaptureSettings, { refuseHosts: true });
  expect(await chosen(refusing)).toContain("HTML");
  for (const time of [1, 2]) {
    await refusing.locator("::-p-text(MHTML)").click();
    await refusing.locator("::-p-text(did not allow)").wait();
    await expect.poll(async () => (await requested(refusing)).length).toBe(time);
    await expect.poll(() => chosen(refusing)).toContain("HTML");
  }
  expect(await requested(refusing)).toContainEqual({ origins: [], permissions: ["pageCapture"], inClick: true });
  expect((await lastSaved(refusing))?.page).toBe("html");
  await refusing.close();

  const allowing = await opened({ ...defaultCaptureSettings, page: "html" });
  await allowing.locator("::-p-text(MHTML)").click();
  await expect.poll(async () => (await lastSaved(allowing))?.page).toBe("mhtml");
  expect(await chosen(allowing)).toContain("MHTML");
  await allowing.close();
});

test("formats and duplicates are kept as they are chosen; Firefox has HTML alone", async () => {
  const page = await opened(defaultCaptureSettings, { hostsOnly: true });
  expect(await page.$$("::-p-text(MHTML)")).toEqual([]);
  await page.locator("::-p-text(Plain text)").click();
  await page.locator("::-p-text(Save nothing twice)").click();
  await expect
    .poll(() => lastSaved(page))
    .toEqual({ ...defaultCaptureSettings, selection: "text", duplicates: "keep" });
  await page.close();
});
