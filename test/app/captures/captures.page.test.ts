import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import {
  captureAnswers,
  captureFacets,
  captureRows,
  captures,
  pendingCaptures,
} from "../../ui/harness/capture-fixtures.ts";
import { errors, signedIn } from "../../ui/harness/fixtures.ts";
import { appTest } from "../open-app.ts";

vi.setConfig({ testTimeout: 30_000 });

const { open, inputs, push } = appTest();
const at = { route: "#/captures", answers: captureAnswers };
const profile = "acme-beta";
const [first, second, third] = captures;
const ok = (value: unknown) => ({ ok: true as const, value });

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const indexOfFocus = (page: Page) =>
  page.evaluate(() => Number(document.activeElement?.getAttribute("data-index") ?? Number.NaN));
const route = (page: Page) => page.evaluate(() => location.hash);
const shown = (page: Page) => page.$$eval("[data-index]", (cells) => cells.length);

test("the rail leads there, between items and transfers", async () => {
  const page = await open({ ...at, route: "#/files/" });
  const places = await page.$$eval(".rail a", (links) => links.map(({ title }) => title));
  expect(places.slice(0, 4)).toEqual(["Files", "Items", "Captures", "Transfers"]);
  await page.locator('.rail [title="Captures"]').click();
  await page.locator(".tile").wait();
  expect(await inputs(page, "captures.list")).toContainEqual({ profile, filter: {}, limit: 100 });
});

test("filters are asked for, seen, and taken away one by one", async () => {
  const page = await open(at);
  await page.locator('[aria-label="Site"]').fill("notes.example");
  await page.locator('[aria-label="Tag"]').fill("harbour");
  await page.locator('[aria-label="Kind"]').fill("page");
  await page.locator(".search").fill("old pier");
  const last = async () => (await inputs(page, "captures.list")).filter(({ filter }) => filter).at(-1)?.filter;
  await expect.poll(last).toEqual({ site: "notes.example", tag: "harbour", kind: "page", text: "old pier" });
  await page.locator('[aria-label="Remove filter: Tag"]').click();
  await expect.poll(last).toEqual({ site: "notes.example", kind: "page", text: "old pier" });
  await page.locator("::-p-aria(Clear filters)").click();
  await expect.poll(last).toEqual({});
  expect(await page.$eval(".search", (input) => (input as HTMLInputElement).value)).toBe("");
});

test("what is cleared right after it was typed stays cleared", async () => {
  const page = await open(at);
  const last = async () => (await inputs(page, "captures.list")).filter(({ filter }) => filter).at(-1)?.filter;
  await page.locator('[aria-label="Site"]').fill("notes.example");
  await expect.poll(last).toEqual({ site: "notes.example" });
  const clear = await page.waitForSelector("::-p-aria(Clear filters)");
  await page.$eval(".search", (element) => {
    const field = element as HTMLInputElement;
    field.value = "pier";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await clear?.evaluate((button) => (button as HTMLElement).click());
  await expect.poll(last).toEqual({});
  // Longer than the search waits for another letter.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await last()).toEqual({});
  expect(await page.$eval(".search", (input) => (input as HTMLInputElement).value)).toBe("");
});

test("the look is kept on this device", async () => {
  const page = await open(at);
  await page.locator('[aria-label="List"]').click();
  await page.locator(".capture-line").wait();
  const kept = await page.evaluate(() =>
    (
      globalThis as unknown as { browser: { storage: { local: { get(key: null): Promise<unknown> } } } }
    ).browser.storage.local.get(null),
  );
  expect(kept).toEqual({ "captures-look": "list" });
});

test("of thousands only what is in sight is there; the rest comes when it is scrolled to", async () => {
  const many = captureRows(1000);
  const pages = Array.from({ length: 10 }, (_, page) =>
    ok({ rows: many.slice(page * 100, page * 100 + 100), cursor: page < 9 ? `after ${page}` : null }),
  );
  const answers = { ...captureAnswers, "captures.list": pages };
  const page = await open({ ...at, answers });
  await page.locator(".tile").wait();
  expect(await shown(page)).toBeLessThan(50);
  await page.focus(".tile");
  for (let end = 0; end < 12; end += 1) {
    await page.keyboard.press("End");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await expect.poll(() => indexOfFocus(page)).toBe(999);
  expect(await shown(page)).toBeLessThan(50);
  expect((await inputs(page, "captures.list")).map(({ cursor }) => cursor ?? null).at(-1)).toBe("after 8");
  await page.keyboard.press("Home");
  expect(await indexOfFocus(page)).toBe(0);
  expect(await page.$eval(".place-main", (main) => main.scrollTop)).toBeLessThan(200);
});

test("what is focused keeps the focus while it is scrolled away", async () => {
  const page = await open({
    ...at,
    answers: { ...captureAnswers, "captures.list": ok({ rows: captureRows(500), cursor: null }) },
  });
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.$eval(".place-main", (main) => main.scrollTo(0, 9000));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await indexOfFocus(page)).toBe(0);
});

test("the gallery is worked by keyboard in two directions, the list in one", async () => {
  const page = await open(at);
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.press("ArrowRight");
  expect(await indexOfFocus(page)).toBe(1);
  await page.keyboard.press("ArrowDown");
  expect(await indexOfFocus(page)).toBe(6);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  expect(await indexOfFocus(page)).toBe(0);
  await page.keyboard.type("sto");
  expect(await focused(page)).toContain("Storm at the pier");
  await page.locator('[aria-label="List"]').click();
  await page.locator(".capture-line").wait();
  await page.focus('[data-index="0"]');
  await page.keyboard.press("ArrowDown");
  expect(await indexOfFocus(page)).toBe(1);
});

test("Enter opens, Escape closes, the slash goes to the search", async () => {
  const page = await open(at);
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.press("Enter");
  await page.locator(".pane .capture-details").wait();
  expect(await route(page)).toBe(`#/captures/${first?.id}`);
  await page.keyboard.press("Escape");
  await expect.poll(() => route(page)).toBe("#/captures");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("search");
  expect(await page.$eval(".search", (input) => (input as HTMLInputElement).value)).toBe("");
});

test("Delete takes a capture away at once, and Undo brings it back", async () => {
  const page = await open({ ...at, answers: { ...captureAnswers, "captures.remove": ok({ undo: "both halves" }) } });
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.press("Delete");
  await page.locator("::-p-aria(Undo)").wait();
  expect(await inputs(page, "captures.remove")).toEqual([{ profile, id: first?.id }]);
  expect(await indexOfFocus(page)).toBe(0);
  expect(await focused(page)).toContain("How the tide tables");
  await page.locator("::-p-aria(Undo)").click();
  await expect.poll(() => inputs(page, "captures.restore")).toEqual([{ profile, undo: "both halves" }]);
  await expect.poll(() => page.$eval('[data-index="0"]', (tile) => tile.textContent)).toContain("Harbour at dawn");
});

test("where nothing brings it back, the next deletion asks first", async () => {
  const page = await open({ ...at, answers: { ...captureAnswers, "captures.remove": ok({ undo: null }) } });
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.press("Delete");
  await expect.poll(() => inputs(page, "captures.remove")).toHaveLength(1);
  await page.locator(".toast").wait();
  await page.keyboard.press("Delete");
  await page.locator("dialog ::-p-aria(Cancel)").click();
  await expect.poll(() => indexOfFocus(page)).toBe(0);
  expect(await inputs(page, "captures.remove")).toHaveLength(1);
  await page.keyboard.press("Delete");
  await page.locator("dialog ::-p-aria(Delete capture)").click();
  await expect.poll(async () => (await inputs(page, "captures.remove"))[1]).toEqual({ profile, id: second?.id });
});

test("a deletion that fails brings the capture back, and says why", async () => {
  const page = await open({
    ...at,
    answers: { ...captureAnswers, "captures.remove": { ok: false, error: errors.denied } },
  });
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.press("Delete");
  await page.locator(".toast.bad").wait();
  expect(await page.$eval('[data-index="0"]', (tile) => tile.textContent)).toContain("Harbour at dawn");
});

test("tags and note are saved by themselves, and when one leaves", async () => {
  const page = await open({ ...at, route: `#/captures/${third?.id}` });
  await page.locator(".tag-input").fill("ferry, winter,");
  await page.locator(".note").fill("Until the first of March.");
  await expect
    .poll(() => inputs(page, "captures.annotate"))
    .toEqual([{ profile, id: third?.id, tags: ["ferry", "winter"], note: "Until the first of March." }]);
  await page.locator("[role=status] ::-p-text(Saved)").wait();
  await page.locator('[aria-label="Remove tag ferry"]').click();
  await page.type(".tag-input", "boat");
  // Half typed, and the pane goes.
  await page.locator('.pane [aria-label="Close"]').click();
  await expect.poll(async () => (await inputs(page, "captures.annotate")).at(-1)?.tags).toEqual(["winter", "boat"]);
});

test("words that could not be saved stay, are said, and are there again when it is opened again", async () => {
  const page = await open({
    ...at,
    route: `#/captures/${third?.id}`,
    answers: { ...captureAnswers, "captures.annotate": { ok: false, error: errors.offline } },
  });
  await page.locator(".note").fill("Nothing is lost.");
  await page.locator(".words-form [role=alert]").wait();
  await page.locator('.pane [aria-label="Close"]').click();
  await page.locator('[data-index="2"]').click();
  const note = () => page.$eval(".note", (area) => (area as HTMLTextAreaElement).value);
  await page.locator(".note").wait();
  await expect.poll(note).toBe("Nothing is lost.");
});

test("a capture is moved; a name that is taken is said where it is typed", async () => {
  const moved = { ...first, path: "captures/pier.jpg" };
  const taken = { ok: false as const, error: errors.exists };
  const page = await open({
    ...at,
    route: `#/captures/${first?.id}`,
    answers: {
      ...captureAnswers,
      "captures.list": [captureAnswers["captures.list"], ok({ rows: [moved, ...captures.slice(1)], cursor: null })],
      "captures.move": [taken, ok(moved)],
    },
  });
  await page.locator(".capture-details ::-p-aria(Move)").click();
  await page.locator("dialog .input").fill("captures/pier.jpg");
  await page.keyboard.press("Enter");
  await page.locator("dialog [role=alert]").wait();
  expect(await page.$eval("dialog .input", (input) => (input as HTMLInputElement).value)).toBe("captures/pier.jpg");
  await page.keyboard.press("Enter");
  await page.locator(".capture-facts ::-p-text(captures/pier.jpg)").wait();
  expect(await inputs(page, "captures.move")).toEqual(
    Array.from({ length: 2 }, () => ({ profile, id: first?.id, path: "captures/pier.jpg" })),
  );
});

test("addresses open elsewhere and do not tell from where; what is none of the web is text", async () => {
  const odd = { ...first, page: "javascript:alert(1)", url: "https://pictures.example/a.jpg" };
  const page = await open({
    ...at,
    route: `#/captures/${first?.id}`,
    answers: { ...captureAnswers, "captures.list": ok({ rows: [odd], cursor: null }) },
  });
  await page.locator(".capture-facts").wait();
  const links = await page.$$eval(".capture-facts a", (all) =>
    all.map((link) => [link.getAttribute("href"), link.getAttribute("target"), link.getAttribute("rel")]),
  );
  expect(links).toEqual([["https://pictures.example/a.jpg", "_blank", "noopener noreferrer"]]);
});

test("a saved page never becomes part of this one", async () => {
  const page = await open({ ...at, route: `#/captures/${second?.id}` });
  await page.locator(".capture-details").wait();
  expect(await inputs(page, "captures.read")).toEqual([]);
  expect(await page.$$eval("iframe, object, embed", (all) => all.length)).toBe(0);
  await page.locator(".capture-details ::-p-aria(Save)").click();
  await expect.poll(() => inputs(page, "files.save")).toEqual([{ profile, path: second?.path }]);
});

test("what did not work is answered by its buttons, hosts are asked for in the click", async () => {
  const page = await open({ ...at, view: { ...signedIn, captures: pendingCaptures } });
  await page.locator("::-p-aria(Allow pictures.example)").click();
  await expect.poll(() => inputs(page, "captures.retry")).toEqual([{ ids: ["p3"] }]);
  const requested = await page.evaluate(
    () => (globalThis as unknown as { requested: { origins: string[]; inClick: boolean }[] }).requested,
  );
  expect(requested).toEqual([{ origins: ["https://pictures.example/*"], inClick: true }]);
  await page.locator("::-p-aria(Fetch anyway)").click();
  await expect.poll(async () => (await inputs(page, "captures.retry"))[1]).toEqual({ ids: ["p4"], allowAddress: true });
  await page.locator("::-p-aria(Save the link)").click();
  await expect.poll(() => inputs(page, "captures.saveLink")).toEqual([{ id: "p3" }]);
  await page.locator('[aria-label="Discard Router"]').click();
  await expect.poll(() => inputs(page, "captures.discard")).toEqual([{ ids: ["p4"] }]);
  await page.locator('[aria-label="Discard Notes from the shore"]').click();
  await page.locator("dialog ::-p-aria(Discard capture)").click();
  await expect.poll(async () => (await inputs(page, "captures.discard"))[1]).toEqual({ ids: ["p2"] });
});

test("what nobody took is taken over, or thrown away after a question", async () => {
  const page = await open({ ...at, view: { ...signedIn, captures: { ...pendingCaptures, pending: [] } } });
  await page.locator(".unclaimed .danger").click();
  await page.locator("dialog ::-p-text(Discard 3 captures?)").wait();
  await page.locator("dialog ::-p-aria(Cancel)").click();
  expect(await inputs(page, "captures.claim")).toEqual([]);
  await page.locator("::-p-aria(Put into my folder)").click();
  await expect.poll(() => inputs(page, "captures.claim")).toEqual([{ profile, take: true }]);
});

test("a capture that ended is looked for in the list", async () => {
  const page = await open({ ...at, view: { ...signedIn, captures: pendingCaptures } });
  await page.locator(".tile").wait();
  const before = (await inputs(page, "captures.list")).length;
  await push(page, { ...signedIn, captures: { ...pendingCaptures, pending: pendingCaptures.pending.slice(1) } });
  await expect.poll(async () => (await inputs(page, "captures.list")).length).toBe(before + 1);
});

test("while the mirror is being filled the list follows", async () => {
  const empty = ok({ rows: [], cursor: null });
  const filling = ok({ ...captureFacets, total: 0, syncing: true });
  const page = await open({
    ...at,
    answers: {
      ...captureAnswers,
      "captures.list": [empty, captureAnswers["captures.list"]],
      "captures.facets": [filling, captureAnswers["captures.facets"]],
    },
  });
  await page.locator("::-p-text(as they come)").wait();
  await page.locator(".tile").wait();
});

test("refreshing asks the table, then looks again", async () => {
  const page = await open(at);
  await page.locator('.captures-head [aria-label="Refresh"]').click();
  await expect.poll(() => inputs(page, "captures.refresh")).toEqual([{ profile }]);
});
