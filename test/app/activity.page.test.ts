/** The list of requests in a real browser: live, filtered, by keyboard, exported. */
import type { Page } from "puppeteer-core";
import { describe, expect, test, vi } from "vitest";
import { activity, entry, listed, manyEntries } from "../ui/harness/activity-fixtures.ts";
import { signedIn } from "../ui/harness/fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();
const at = (...answers: ReturnType<typeof listed>[]) => ({
  route: "#/activity",
  answers: { "activity.list": answers },
});
const actions = (page: Page) => page.$$eval(".activity-row .a2", (cells) => cells.map((cell) => cell.textContent));
const rows = (page: Page) => page.$$eval(".activity-row", (all) => all.length);
/** Of those in sight or not. */
const whole = (page: Page) =>
  page.$eval(".activity-list", (list) => Number(list.ariaRowCount ?? list.getAttribute("aria-rowcount")));
const there = (page: Page) => page.locator(".activity-row").wait();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("newest first, each with its outcome in a word, and every host with its number", async () => {
  const page = await open(at(listed(activity)));
  await there(page);
  expect((await actions(page)).slice(0, 3)).toEqual(["DeleteObject", "fetch in page", "Query"]);
  const outcomes = await page.$$eval(".activity-row .a3", (cells) => cells.map((cell) => cell.textContent));
  expect(outcomes.slice(0, 4)).toEqual(["403 Denied", "Answered", "400 Refused", "403 Not there, or denied"]);
  const hosts = await page.$$eval(".host-spoken", (all) => all.map((host) => host.textContent));
  expect(hosts).toEqual([
    "acme-beta-files.s3.eu-central-1.amazonaws.com16",
    "login.acme.example4",
    "dynamodb.eu-central-1.amazonaws.com3",
    "static.harbour-notes.example2",
    "acme.example1",
    "roles.acme.example:84431",
    "sts.eu-central-1.amazonaws.com1",
  ]);
});

describe("while it is open", () => {
  const later = [...activity, entry(29, 1, "s3", "CopyObject"), entry(30, 1, "dynamodb", "GetItem")];

  test("what is new comes by itself, and only the newest are asked for again", async () => {
    const page = await open(at(listed(activity), listed(later)));
    await page.locator("::-p-text(CopyObject)").wait();
    expect(await whole(page)).toBe(30);
    const asked = await inputs(page, "activity.list");
    expect(asked.slice(0, 2)).toEqual([{ after: 0 }, { after: 0 }]);
    const many = await open(
      at(listed(manyEntries, 4050), listed([...manyEntries.slice(-50), entry(6001, 0, "s3", "HeadObject")], 4050)),
    );
    await many.locator("::-p-text(HeadObject)").wait();
    expect((await inputs(many, "activity.list"))[1]).toEqual({ after: 5950 });
    expect(await many.$eval("h1 + .small", (status) => status.textContent)).toBe(
      "1,951 · 4,050 older ones are not kept",
    );
  });

  test("what is known of one later is shown", async () => {
    const first = entry(1, 1, "s3", "ListObjectsV2", { received: null });
    const page = await open(at(listed([first]), listed([{ ...first, received: 4321 }])));
    await expect.poll(() => page.$eval(".activity-row .a6", (cell) => cell.textContent)).toMatch(/^4\.3\skB$/);
  });

  test("what has the focus stays where it is when something new comes above it", async () => {
    const next = [...manyEntries.slice(-50), ...[6001, 6002, 6003].map((n) => entry(n, 0, "s3", "HeadObject"))];
    const page = await open(at(listed(manyEntries, 4050), listed(next, 4050)));
    await page.focus(".activity-row[data-index='4']");
    const place = () => page.evaluate(() => document.activeElement?.getBoundingClientRect().top);
    const before = [await focused(page), await place()];
    await expect.poll(() => page.$eval("h1 + .small", (status) => status.textContent)).toContain("1,953");
    expect([await focused(page), await place()]).toEqual(before);
  });

  test("nobody is asked while it is hidden, and at once when it is seen again", async () => {
    const page = await open(at(listed(activity)));
    await there(page);
    const show = (state: string) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await show("hidden");
    const asked = (await inputs(page, "activity.list")).length;
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect((await inputs(page, "activity.list")).length).toBe(asked);
    await show("visible");
    await expect.poll(async () => (await inputs(page, "activity.list")).length).toBeGreaterThan(asked);
  });

  test("a list that was cleared elsewhere begins anew", async () => {
    const page = await open(
      at(listed(activity), listed([]), listed([entry(1, 0, "sts", "AssumeRoleWithWebIdentity")])),
    );
    await expect.poll(() => actions(page)).toEqual(["AssumeRoleWithWebIdentity"]);
  });

  test("a background that does not answer is told, and the list stays", async () => {
    const refused = { ok: false, error: { code: "internal", facts: {} } } as const;
    const page = await open({ route: "#/activity", answers: { "activity.list": [listed(activity), refused] } });
    await page.locator(".error-panel").wait();
    expect(await whole(page)).toBe(28);
  });
});

describe("filters", () => {
  test("by service, by what failed, by words, by a host at a click", async () => {
    const page = await open(at(listed(activity)));
    await there(page);
    await page.locator(".failed-only input").click();
    await expect.poll(() => rows(page)).toBe(6);
    await page.locator('[aria-label="Service"]').fill("dynamodb");
    await expect.poll(() => actions(page)).toEqual(["Query"]);
    await page.locator("::-p-text(Clear filters)").click();
    await page.locator('[title="Show requests to login.acme.example only"]').click();
    await expect.poll(() => actions(page)).toEqual(["keys", "token", "authorize", "discovery"]);
    await page.locator(".search").fill("upload timed");
    await expect.poll(() => actions(page)).toEqual(["UploadPart"]);
    await page.locator(".search").fill("nowhere to be found");
    await page.locator("::-p-text(No request fits)").wait();
  });

  test("no character is lost, however fast they come", async () => {
    const page = await open(at(listed(activity)));
    await there(page);
    const typed = await page.$eval(".search", async (element) => {
      const field = element as HTMLInputElement;
      for (const character of "upload timed") {
        field.value += character;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        // Time to draw the list, and none for what comes after it.
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      }
      return field.value;
    });
    expect(typed).toBe("upload timed");
    await expect.poll(() => actions(page)).toEqual(["UploadPart"]);
  });
});

test("of two thousand only those in sight are there, and the keyboard reaches all", async () => {
  // Asked again, the background tells the newest alone.
  const page = await open(at(listed(manyEntries, 4050), listed(manyEntries.slice(-50), 4050)));
  await there(page);
  expect(await rows(page)).toBeLessThan(60);
  const atEnd = async () => {
    // The list may be drawn anew while it comes.
    await page.focus(".activity-row");
    await page.keyboard.press("End");
    return await page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));
  };
  await expect.poll(atEnd).toBe("1950");
  const inside = await page.evaluate(() => {
    const row = document.activeElement?.getBoundingClientRect();
    const list = document.querySelector(".activity-list")?.getBoundingClientRect();
    return row !== undefined && list !== undefined && row.bottom <= list.bottom + 1 && row.top >= list.top;
  });
  expect(inside).toBe(true);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"))).toBe("2");
});

test("Enter opens everything of one, Escape closes it; the id is copied by keyboard too", async () => {
  const page = await open(at(listed(activity)));
  await there(page);
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text: string) => void Object.assign(globalThis, { copied: text }) },
    });
  });
  const copied = () => page.evaluate(() => (globalThis as unknown as { copied?: string }).copied);
  await page.focus(".activity-row");
  await page.keyboard.press("Enter");
  await page.locator(".pane ::-p-text(412 bytes)").wait();
  await page.locator(".pane ::-p-text(Acme beta)").wait();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.$(".pane")).toBeNull();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(copied).toBe(activity.at(-1)?.requestId);
});

test("what is shown is exported, oldest first", async () => {
  const page = await open(at(listed(activity)));
  await there(page);
  await page.evaluate(() => {
    URL.createObjectURL = (blob) => {
      void (blob as Blob).text().then((text) => Object.assign(globalThis, { saved: text, type: (blob as Blob).type }));
      return "#";
    };
  });
  await page.locator(".failed-only input").click();
  await page.locator("::-p-aria(Export)").click();
  await page.locator("::-p-text(As CSV)").click();
  const saved = () => page.evaluate(() => (globalThis as unknown as { saved?: string }).saved ?? "");
  await expect.poll(saved).toContain("requestId");
  const lines = (await saved()).trimEnd().split("\r\n");
  expect(lines[0]).toBe("n,at,profile,service,host,action,status,error,ms,sent,received,requestId");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["9", "11", "20", "22", "26", "28"]);
  await page.locator("::-p-aria(Export)").click();
  await page.locator("::-p-text(As JSON)").click();
  await expect.poll(saved).toContain('"DeleteObject"');
  expect(JSON.parse(await saved())).toHaveLength(6);
});

test("clearing asks first", async () => {
  // It is asked each second: slow machines need some of them for the click.
  const full = Array.from({ length: 6 }, () => listed(activity));
  const page = await open(at(...full, listed([])));
  await page.locator("::-p-aria(Clear)").click();
  await page.locator("dialog").wait();
  expect(await inputs(page, "activity.clear")).toEqual([]);
  await page.locator("dialog .danger").click();
  await expect.poll(() => inputs(page, "activity.clear")).toEqual([{}]);
  await page.locator("::-p-text(No request has gone out yet)").wait();
  // Of nothing there is nothing to export.
  expect(await page.$$(".bar-tools .button")).toEqual([]);
});

test("it is there for those who cannot sign in, and stays while views come", async () => {
  const page = await open({
    ...at(listed(activity)),
    view: { ...signedIn, session: { state: "signed-out", error: null } },
  });
  await there(page);
  await push(page, signedIn);
  expect(await whole(page)).toBe(28);
});
