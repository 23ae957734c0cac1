import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { errors, fixedNow, identity, signedIn, signedOut } from "../ui/harness/fixtures.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import {
  answered,
  applications,
  choices,
  choosing,
  choosingRefused,
  ending,
  locked,
  manyChoices,
  manyProfiles,
  withRole,
} from "../ui/harness/session-fixtures.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("popup");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const push = (page: Page, view: View) =>
  page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view);
const inputs = async (page: Page, command: string) =>
  (await asked(page)).filter((entry) => entry.command === command).map(({ input }) => input);
const names = (page: Page) => page.$$eval(".role-name", (all) => all.map((one) => one.textContent));
const arn = (index: number) => applications[1]?.roles[index]?.arn;

test("roles stand under their applications, the last one has the focus, and keys choose another", async () => {
  const page = await open({ view: choosing, answers: { ...answered(choices), "session.chooseRole": "never" } });
  await page.locator("::-p-text(alice, choose a role)").wait();
  await page.waitForSelector(".role");
  expect(await names(page)).toEqual(applications.flatMap(({ roles }) => roles.map(({ name }) => name)));
  expect(await page.$$eval(".role-lines h2", (all) => all.map((one) => one.textContent))).toEqual(
    applications.map(({ name }) => name),
  );
  expect(await focused(page)).toBe("EditorLast usedarchive-editor");
  expect(await page.$$eval(".role", (all) => all.map((one) => (one as HTMLElement).tabIndex))).toEqual([-1, 0, -1, -1]);
  await page.keyboard.press("Home");
  expect(await focused(page)).toContain("Reader");
  await page.keyboard.type("be");
  expect(await focused(page)).toContain("Berth planner");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator("::-p-text(Asking AWS for “Berth planner)").wait();
  // Once is enough, and no other one meanwhile.
  await page.keyboard.press("Enter");
  await page.locator(".role").click();
  expect(await inputs(page, "session.chooseRole")).toEqual([{ profile: "acme-beta", role: arn(0) }]);
  expect(await page.$eval("[aria-busy=true]", (row) => (row as HTMLElement).title)).toBe(arn(0));
  await page.locator("::-p-text(Cancel and sign out)").click();
  expect(await inputs(page, "session.signOut")).toEqual([{ profile: "acme-beta" }]);
});

test("a space within a name that is typed chooses nothing", async () => {
  const page = await open({ view: choosing, answers: answered(choices) });
  await page.waitForSelector(".role");
  await page.keyboard.type("berth planner");
  expect(await focused(page)).toContain("Berth planner");
  expect(await inputs(page, "session.chooseRole")).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 800));
  await page.keyboard.press("Space");
  expect(await inputs(page, "session.chooseRole")).toHaveLength(1);
});

test("a role that IAM refused is named, and the others can be chosen", async () => {
  const page = await open({ view: choosingRefused, answers: answered(choices) });
  await page.locator("::-p-text(IAM refused the role “Editor”)").wait();
  await page.locator("::-p-text(The others are below)").wait();
  await page.locator(".role").click();
  await expect.poll(() => inputs(page, "session.chooseRole")).toHaveLength(1);
});

test("5,000 roles: few are in the document, the last one is in sight, and a search finds one", async () => {
  const page = await open({ view: choosing, answers: answered(manyChoices) });
  await page.waitForSelector(".role");
  expect((await page.$$(".role")).length).toBeLessThan(60);
  expect(await page.$eval(".role-mark", (mark) => mark.closest("button")?.title)).toBe(manyChoices.current);
  const marked = await (await page.$(".role-mark"))?.boundingBox();
  expect(marked?.y).toBeGreaterThan(200);
  expect(marked?.y).toBeLessThan(560);
  // The search field has the focus.
  // Each letter until its list is in the document. The quickest tells what it costs, however busy the machine is.
  const quickest = await page.evaluate(async () => {
    const field = document.querySelector("input") as HTMLInputElement;
    let least = Number.POSITIVE_INFINITY;
    for (const letter of "application 250 role-4999") {
      const begun = performance.now();
      field.value += letter;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      least = Math.min(least, performance.now() - begun);
    }
    return least;
  });
  expect(quickest).toBeLessThan(50);
  await page.locator("::-p-text(1 of 5,000 roles)").wait();
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain("Role 4999");
  await page.keyboard.press("ArrowUp");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  expect(await inputs(page, "session.chooseRole")).toEqual([
    { profile: "acme-beta", role: "arn:aws:iam::123456789012:role/app-250/role-4999" },
  ]);
});

test("in a long list End goes to the last of all, Home back", async () => {
  const page = await open({ view: choosing, answers: answered(manyChoices) });
  await page.waitForSelector(".role");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  expect(await focused(page)).toContain("Role 5000");
  expect(await page.$eval(":focus", (row) => row.closest("li")?.getAttribute("aria-posinset"))).toBe("5000");
  await page.keyboard.press("Home");
  expect(await focused(page)).toContain("Role 1");
});

test("roles that cannot be told are said and asked for again", async () => {
  const page = await open({
    view: choosing,
    answers: {
      "session.roles": [
        { ok: false, error: errors.issuer },
        { ok: true, value: choices },
      ],
    },
  });
  await page.locator("::-p-text(does not answer)").wait();
  await page.locator("::-p-text(Try again)").click();
  await page.waitForSelector(".role");
});

test("without a role nobody is asked to choose one, and there is the way out", async () => {
  const page = await open({ view: choosing, answers: answered({ applications: [], current: null }) });
  await page.locator("::-p-text(No role for you yet)").wait();
  const text = await page.$eval(".choose-role", (main) => main.textContent);
  expect(text).toContain("Ask the administrator of Acme beta");
  expect(text).not.toContain("choose");
  await page.locator(".choose-role ::-p-aria(Sign out)").click();
  expect(await inputs(page, "session.signOut")).toEqual([{ profile: "acme-beta" }]);
});

test("another role is chosen from the menu; refused there, the session goes on and it is said", async () => {
  const page = await open({
    view: withRole,
    answers: {
      ...answered(choices),
      "session.chooseRole": [
        { ok: false, error: errors.trust },
        { ok: true, value: null },
      ],
    },
  });
  expect(await page.$eval(".who-button", (who) => who.textContent)).toBe("aliceEditor52 min");
  await page.locator("[aria-label=Menu]").click();
  await page.locator("::-p-text(Change role…)").click();
  await page.locator("dialog .role").click();
  await page.locator("::-p-text(You go on as before)").wait();
  expect(await page.$eval(".who-button", (who) => who.textContent)).toBe("aliceEditor52 min");
  await page.locator("dialog .role").click();
  await page.waitForSelector("dialog", { hidden: true });
  await page.locator("::-p-text(You go on as “Reader”)").wait();
});

test("without a choice nothing is said of roles", async () => {
  const page = await open();
  await page.locator("[aria-label=Menu]").click();
  await page.locator("::-p-text(Lock now)").wait();
  expect(await page.$$eval("[role=menuitem]", (all) => all.map((one) => one.textContent))).toEqual([
    "Open Holdall",
    "Refresh",
    "Use another account…",
    "Lock now",
    "Sign out",
    "Sign out everywhere…",
  ]);
});

test("the menu locks, signs in somebody else, and signs out everywhere after saying what that means", async () => {
  const page = await open();
  const choose = async (item: string) => {
    await page.locator("[aria-label=Menu]").click();
    await page.locator(`::-p-text(${item})`).click();
  };
  await choose("Lock now");
  await choose("Use another account…");
  await choose("Sign out everywhere…");
  await page.locator("::-p-text(all 3 profiles)").wait();
  expect(await inputs(page, "session.signOutAll")).toEqual([]);
  await page.locator("::-p-text(Sign out of 3 profiles)").click();
  await expect.poll(() => inputs(page, "session.signOutAll")).toEqual([{}]);
  expect(await inputs(page, "session.lock")).toEqual([{}]);
  expect(await inputs(page, "session.signIn")).toEqual([{ profile: "acme-beta", another: true }]);
});

test("one profile alone is not signed out everywhere", async () => {
  const page = await open({ view: { ...signedIn, profiles: signedIn.profiles.slice(0, 1) } });
  await page.locator("[aria-label=Menu]").click();
  await page.locator("::-p-text(Sign out)").wait();
  expect(await page.$$eval("[role=menuitem]", (all) => all.map((one) => one.textContent))).not.toContain(
    "Sign out everywhere…",
  );
});

test("locked: it names nobody, unlocks, lets somebody else in, and still takes the page", async () => {
  const page = await open({ view: locked, tab: { id: 1, url: "https://notes.example/", title: "Notes" } });
  await page.locator("::-p-text(Holdall is locked)").wait();
  expect(await page.$eval("body", (body) => body.textContent)).not.toContain("alice");
  await page.locator("::-p-aria(Unlock)").click();
  await page.locator("::-p-text(Sign in as somebody else)").click();
  expect(await inputs(page, "session.signIn")).toEqual([
    { profile: "acme-beta" },
    { profile: "acme-beta", another: true },
  ]);
  expect(await page.$eval(".split .button", (button) => (button as HTMLButtonElement).disabled)).toBe(false);
  await page.locator("[aria-label=Menu]").click();
  expect(await page.$$eval("[role=menuitem]", (all) => all.map((one) => one.textContent))).toEqual(["Open Holdall"]);
});

test("the clock warns in words, then counts seconds in the same room, then says that it ended", async () => {
  const page = await open({
    view: { ...ending, session: { ...signedIn.session, expiresAt: fixedNow + 70_000 } } as View,
  });
  const clock = () => page.$eval(".clock", (element) => element.textContent);
  const at = (now: number) =>
    page.evaluate((time) => {
      (globalThis as unknown as { harness: { now: number } }).harness.now = time;
    }, now);
  const room = () => page.$eval(".who-button", (who) => (who as HTMLElement).offsetWidth);
  expect(await clock()).toBe("2 min left");
  await at(fixedNow + 12_000);
  await expect.poll(clock, { timeout: 3000 }).toBe("58 s left");
  const wide = await room();
  await at(fixedNow + 65_000);
  await expect.poll(clock, { timeout: 3000 }).toBe("5 s left");
  expect(await room()).toBe(wide);
  await at(fixedNow + 70_000);
  await expect.poll(clock, { timeout: 3000 }).toBe("session ended");
});

test("a renewal that failed near the end is explained, and tried again by a click", async () => {
  const page = await open({ view: ending });
  await page.locator("::-p-text(Your session was not renewed. It ends at 09:44)").wait();
  // One event is one notice, with its cause.
  expect(await page.$$eval(".home :is(.notice, .error-panel)", (all) => all.map((one) => one.textContent))).toEqual([
    expect.stringContaining("https://login.acme.example/ does not answer."),
  ]);
  expect(await page.$eval(".clock", (clock) => clock.textContent)).toBe("4 min left");
  await page.locator("::-p-text(Try again)").click();
  await expect.poll(() => inputs(page, "recent.refresh")).toHaveLength(1);
});

test("who I am is there in full, can be copied, and closes with the focus back", async () => {
  const page = await open({ view: withRole });
  await page.focus(".who-button");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".session-details");
  const text = await page.$eval(".session-details", (details) => details.textContent ?? "");
  for (const part of [identity.id, "Editor", "archive/archive-editor", "Acme beta", "3 November 2026"]) {
    expect(text).toContain(part);
  }
  await page.keyboard.press("Escape");
  await page.waitForSelector(".session-details", { hidden: true });
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("who-button");
});

test("a fixed role is asked for when the details open", async () => {
  const page = await open({ answers: answered({ applications: [], current: "arn:aws:iam::123456789012:role/fixed" }) });
  expect(await inputs(page, "session.roles")).toEqual([]);
  await page.locator(".who-button").click();
  await page.locator("::-p-text(role/fixed)").wait();
});

test("50 profiles: the menu scrolls, the present one has the focus, type-ahead and Enter switch", async () => {
  const page = await open({ view: manyProfiles });
  await page.locator(".profile-button").click();
  await page.waitForSelector("[role=menuitemradio]");
  expect((await page.$$("[role=menuitemradio]")).length).toBe(50);
  expect(await focused(page)).toBe("Environment 24");
  const [box, height] = await page.$eval("[role=menu]", (menu) => [menu.getBoundingClientRect().bottom, innerHeight]);
  expect(box).toBeLessThanOrEqual(height ?? 0);
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("Environment 25");
  await page.keyboard.type("environment 4");
  expect(await focused(page)).toBe("Environment 40");
  await page.keyboard.press("Enter");
  await expect.poll(() => inputs(page, "profiles.select")).toEqual([{ id: "profile-40" }]);
});

test("a switch paints the next profile from the view that tells of it, with nothing of the one before", async () => {
  const page = await open();
  await page.locator("::-p-text(report.pdf)").wait();
  // The first painted frame after the view: what stands in the document then.
  const painted = page.evaluate(
    (next) =>
      new Promise<string>((resolve) => {
        (globalThis as unknown as { pushView: (view: unknown) => void }).pushView(next);
        requestAnimationFrame(() => setTimeout(() => resolve(document.body.textContent ?? "")));
      }),
    {
      ...signedOut,
      revision: 4,
      activeProfile: "acme",
      session: { ...signedIn.session, identity: { id: "x|bob", name: "bob" } },
    } as never,
  );
  expect(await painted).toContain("Acme production");
  expect(await painted).toContain("bob");
  expect(await painted).not.toContain("report.pdf");
  await push(page, signedOut);
});
