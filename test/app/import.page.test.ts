/** Bringing a profile: what is asked in which click, and that nothing is kept before the last. */
import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { palette } from "../../src/app/profiles/palette.ts";
import { textOf } from "../support/texts.ts";
import { errors, profilePreview, signedIn } from "../ui/harness/fixtures.ts";
import { layoutShift } from "../ui/harness/layout-shift.ts";
import { importAnswers as answers, bring, discovery, rest, review } from "../ui/harness/profile-states.ts";
import { appTest } from "./open-app.ts";

const { open, inputs } = appTest();
const route = "#/import";
const [issuer = "", aws = ""] = profilePreview.hosts;

const requested = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { requested: { origins: string[]; inClick: boolean }[] }).requested);
const commands = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { asked: { command: string }[] }).asked
      .map(({ command }) => command)
      .filter((name) => /^profiles\.(?!policy)/.test(name)),
  );
const primary = (page: Page) => page.locator(".import-stage .primary").click();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);

test("two clicks: the issuer, then the rest, each in its own; only then is it kept", async () => {
  const page = await open({ route, answers });
  await bring(page, '{"holdall": 2}');
  await page.locator("::-p-text(arn:aws:iam::123456789012:role/holdall-beta-people)").wait();
  expect(await requested(page)).toEqual([]);
  expect(await commands(page)).toEqual(["profiles.preview"]);
  await page.locator("::-p-aria(Allow login.acme.example)").click();
  await page.locator("::-p-text(Still to be allowed)").wait();
  expect(await requested(page)).toEqual([{ origins: [issuer], inClick: true }]);
  expect(await commands(page)).toEqual(["profiles.preview", "profiles.discover"]);
  await primary(page);
  await page.locator("::-p-text(Acme beta is imported)").wait();
  expect((await requested(page))[1]).toEqual({ origins: discovery.needed, inClick: true });
  expect(await inputs(page, "profiles.import")).toEqual([{ text: '{"holdall": 2}' }]);
});

test("what is allowed already takes one click, and says so on the button", async () => {
  const page = await open({
    route,
    held: [issuer, aws],
    answers: { ...answers, "profiles.discover": { ok: true, value: { ...discovery, needed: [] } } },
  });
  await bring(page);
  expect(await page.$eval(".import-stage .primary", (button) => button.textContent)).toBe("Import");
  await primary(page);
  await page.locator("::-p-text(Acme beta is imported)").wait();
  await page.locator("::-p-aria(Sign in)").click();
  await expect.poll(() => inputs(page, "session.signIn")).toEqual([{ profile: "acme-beta" }]);
});

test.each([
  ["the issuer", review, ["profiles.preview"]],
  ["the rest", rest, ["profiles.preview", "profiles.discover"]],
])("a refusal of %s leaves everything as it was, the text too", async (_, go, expected) => {
  const page = await open({ route, answers });
  await go(page);
  await page.evaluate(() => {
    const { permissions } = (globalThis as unknown as { browser: typeof chrome }).browser;
    Object.assign(permissions, { request: async () => false });
  });
  await primary(page);
  await page.locator("::-p-text(Holdall has no permission to reach login.acme.example)").wait();
  expect(await commands(page)).toEqual(expected);
  await page.locator(".import-stage ::-p-aria(Back)").click();
  expect(await page.$eval("textarea", (area) => area.value)).toBe("{}");
});

test("a link is fetched in a click that names its host, and told to the background with the profile", async () => {
  const page = await open({ route: "#/import?from=https://profiles.acme.example", held: [issuer, aws], answers });
  await page.waitForSelector("textarea");
  // Whoever wrote the address does nothing by it.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await commands(page)).toEqual([]);
  expect(await requested(page)).toEqual([]);
  await page.locator("::-p-aria(Fetch from profiles.acme.example)").click();
  await page.locator(".stage-columns").wait();
  expect(await requested(page)).toEqual([{ origins: ["https://profiles.acme.example/*"], inClick: true }]);
  const href = "https://profiles.acme.example/.well-known/holdall.json";
  expect(await inputs(page, "profiles.fetch")).toEqual([{ url: href }]);
  expect(await page.$eval(".card .facts", (facts) => facts.textContent)).toContain("profiles.acme.example");
  await primary(page);
  await page.locator("::-p-text(Still to be allowed)").wait();
  await primary(page);
  await expect.poll(() => inputs(page, "profiles.import")).toEqual([{ text: '{"holdall": 2}', from: href }]);
});

test("what is no link is refused in the page, without a question", async () => {
  const page = await open({ route, answers });
  await bring(page, "http://profiles.acme.example");
  await page.locator("::-p-text(This is no link that a profile can come by)").wait();
  expect(await requested(page)).toEqual([]);
  expect(await commands(page)).toEqual([]);
});

test("what setup printed is a profile too", async () => {
  const text = JSON.stringify({ holdall: 2, name: "Out" });
  const page = await open({ route, answers });
  await bring(page, JSON.stringify({ profile: { value: text } }));
  await page.locator(".stage-columns").wait();
  expect(await inputs(page, "profiles.preview")).toEqual([{ text }]);
});

test("a provider that does not answer may be passed over, and no other fault", async () => {
  const down = await open({ route, answers: { ...answers, "profiles.discover": { ok: false, error: errors.issuer } } });
  await review(down);
  await primary(down);
  await down.locator("::-p-aria(Go on without asking it)").click();
  await down.locator("::-p-text(The provider was not asked)").wait();
  await primary(down);
  await expect.poll(() => inputs(down, "profiles.import")).toHaveLength(1);
  const error = { code: "issuer-mismatch" as const, facts: { subs: ["https://a.example", "https://a.example/"] } };
  const other = await open({ route, answers: { ...answers, "profiles.discover": { ok: false, error } } });
  await review(other);
  await primary(other);
  await other.locator("::-p-text(only by the slash at the end)").wait();
  expect(await other.$("::-p-aria(Go on without asking it)")).toBeNull();
});

test("a sign-in that would go to somebody else than AWS takes the whole page, and a button that no key presses by chance", async () => {
  const value = { ...profilePreview, foreignSts: "sts.example.com" };
  const page = await open({
    route,
    held: [issuer, aws],
    answers: {
      ...answers,
      "profiles.preview": { ok: true, value },
      "profiles.discover": { ok: true, value: { ...discovery, needed: [] } },
    },
  });
  await review(page);
  await primary(page);
  await page.waitForSelector(".trust");
  expect(await page.$(".import-steps")).toBeNull();
  expect(await focused(page)).toBe("H2");
  for (const key of ["Enter", "Space"] as const) await page.keyboard.press(key);
  expect(await page.$eval("main", (main) => main.textContent)).toContain("sts.example.com gets the token");
  expect(await inputs(page, "profiles.import")).toEqual([]);
  // The way out comes first by the keyboard too.
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Do not import it");
  await page.locator("::-p-aria(Trust sts.example.com with my sign-in)").click();
  await expect.poll(() => inputs(page, "profiles.import")).toHaveLength(1);
});

test("where the organisation forbids it, nothing is asked for", async () => {
  const policy = { managed: true, problems: [], allowImport: false };
  const page = await open({ route, answers: { "profiles.policy": { ok: true, value: policy } } });
  await page.locator("::-p-text(lets Holdall use only its own profiles)").wait();
  expect(await page.$("textarea")).toBeNull();
  const settings = await open({ route: "#/settings", answers: { "profiles.policy": { ok: true, value: policy } } });
  await settings.waitForSelector(".cards");
  await expect.poll(() => settings.$("section ::-p-aria(Import a profile)")).toBeNull();
});

test("name and colour are changed in place, and a name that is refused stays", async () => {
  const refused = { code: "profile-invalid" as const, facts: { subs: ["name", "must be 1 to 60 characters"] } };
  const page = await open({
    route: "#/settings",
    answers: {
      "profiles.edit": [
        { ok: false, error: refused },
        { ok: true, value: null },
      ],
    },
  });
  await page.locator("::-p-aria(Edit Acme beta)").click();
  await page.locator("dialog input[autocomplete]").fill("  ");
  await page.locator("dialog ::-p-aria(Save)").click();
  await page.locator("dialog [role=alert]").wait();
  await page.locator("dialog input[autocomplete]").fill(" Acme test ");
  await page.locator('dialog .swatch[title="Teal"]').click();
  await page.locator("dialog ::-p-aria(Save)").click();
  await expect
    .poll(async () => (await inputs(page, "profiles.edit")).at(-1))
    .toEqual({
      id: "acme-beta",
      name: "Acme test",
      colour: "#0f8a8a",
    });
  await expect.poll(() => page.$("dialog")).toBeNull();
});

test("a profile is shared as its text, with the word that it holds no secret", async () => {
  const text = '{ "holdall": 2 }\n';
  const page = await open({
    route: "#/settings",
    answers: { "profiles.export": { ok: true, value: { text } } },
  });
  await page.evaluate(() => {
    Object.assign(navigator.clipboard, {
      writeText: async (copied: string) => void Object.assign(globalThis, { copied }),
    });
  });
  await page.locator("::-p-aria(Share Acme beta)").click();
  await page.locator("dialog ::-p-text(holds no secret)").wait();
  await page.locator("dialog ::-p-aria(Copy text)").click();
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { copied: string }).copied)).toBe(text);
});

test("a removal says what is lost, and asks", async () => {
  const page = await open({
    route: "#/settings",
    view: signedIn,
    answers: { "profiles.waiting": { ok: true, value: { transfers: 1, captures: 2 } } },
  });
  await page.locator("::-p-aria(Remove Acme beta)").click();
  await page.locator("dialog .danger").wait();
  expect(await page.$$eval("dialog li", (lines) => lines.map((line) => line.textContent))).toEqual([
    textOf("profile_remove_text"),
    textOf("waiting_transfer"),
    textOf("waiting_captures", 2),
  ]);
  expect(await page.$eval("dialog p", (text) => text.textContent)).toBe(textOf("profile_remove_stays"));
  expect(await inputs(page, "profiles.remove")).toEqual([]);
  await page.locator("dialog ::-p-aria(Remove profile)").click();
  await expect.poll(() => inputs(page, "profiles.remove")).toEqual([{ id: "acme-beta" }]);
});

test("nothing moves by itself, neither while steps come nor when the policy is told", async () => {
  const page = await open({ route, answers });
  await rest(page);
  // Steps take each other's place: what the browser counts of that is the tick in a circle.
  expect(await layoutShift(page)).toBeLessThan(0.001);
  const managed = signedIn.profiles.map((one) => ({ ...one, managed: true as const }));
  const settings = await open({
    route: "#/settings",
    view: { ...signedIn, profiles: managed },
    answers: { "profiles.policy": { ok: true, value: { managed: true, problems: [], allowImport: true } } },
  });
  await settings.waitForSelector(".cards");
  const top = () => settings.$eval(".cards", (cards) => cards.getBoundingClientRect().top);
  const first = await top();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await top()).toBe(first);
});

test("the colours that are offered show on both grounds", () => {
  const light = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  for (const [colour] of palette) {
    for (const ground of ["#ffffff", "#17191d"])
      expect([colour, ground, contrast(colour, ground) >= 3]).toEqual([colour, ground, true]);
  }
  expect(new Set(palette.map(([colour]) => colour)).size).toBe(palette.length);
});
