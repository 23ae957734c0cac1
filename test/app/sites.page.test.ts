/** Connected sites in the app: a real browser against a fake background. */
import type { Page } from "puppeteer-core";
import { describe, expect, test, vi } from "vitest";
import type { LedgerRow, SiteRow } from "../../src/messaging/sites-view.ts";
import { textOf } from "../support/texts.ts";
import { fixedNow } from "../ui/harness/fixtures.ts";
import type { PageState } from "../ui/harness/page-state.ts";
import { grant, ledgerRows, notesOrigin, siteRow, siteRows } from "../ui/harness/site-fixtures.ts";
import { connected, siteAnswers } from "../ui/harness/site-states.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, inputs, push } = appTest();

const of = { profile: "acme-beta", origin: notesOrigin };
const route = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash));
const press = (text: string) => `::-p-xpath(//main//button[contains(., "${text}")])`;
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const toast = (page: Page, text: string) => page.locator(`.toast ::-p-text(${text})`).wait();

const openList = (rows: SiteRow[] = siteRows, state: Partial<PageState> = {}) =>
  open({
    route: "#/sites",
    answers: siteAnswers(rows),
    act: async (page) => void (await page.waitForSelector(".rows.sites .row")),
    ...state,
  });
const openSite = (row: SiteRow = siteRow(), state: Partial<PageState> = {}) =>
  open({
    route: `#/sites/${encodeURIComponent(row.grant.origin)}`,
    answers: siteAnswers([row]),
    act: async (page) => void (await page.waitForSelector(".ledger-line")),
    ...state,
  });

describe("the list", () => {
  test("each site with its state in a word, the one that was used last first", async () => {
    const page = await openList();
    const cells = (column: string) => page.$$eval(`.row .${column}`, (all) => all.map((cell) => cell.textContent));
    expect((await cells("c0")).slice(0, 3)).toEqual([notesOrigin, "http://127.0.0.1:8080", "https://photos.example"]);
    expect(await cells("c1")).toEqual([
      "Connected",
      "Connected",
      "Paused",
      "Permission needed",
      textOf("site_expired"),
    ]);
    expect((await cells("c5")).at(-1)).toBe("Never");
  });

  test("it is worked by keyboard: arrows, Enter opens, Delete ends after a question", async () => {
    const page = await openList();
    await page.focus(".row");
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toContain("127.0.0.1");
    await page.keyboard.press("Delete");
    await page.locator("dialog ::-p-text(Keep it)").click();
    expect(await inputs(page, "sites.revoke")).toEqual([]);
    await page.focus(".row");
    await page.keyboard.press("Enter");
    await expect.poll(() => route(page)).toBe(`#/sites/${notesOrigin}`);
  });

  test("a site is paused and resumed from its row, and the list asked for anew", async () => {
    const page = await openList();
    const before = (await inputs(page, "sites.list")).length;
    await page.evaluate(() => document.querySelector<HTMLElement>("[aria-label='Pause notes.example']")?.click());
    await page.evaluate(() => document.querySelector<HTMLElement>("[aria-label='Resume photos.example']")?.click());
    await expect
      .poll(() => inputs(page, "sites.pause"))
      .toEqual([
        { ...of, paused: true },
        { ...of, origin: "https://photos.example", paused: false },
      ]);
    await expect.poll(async () => (await inputs(page, "sites.list")).length).toBeGreaterThan(before);
  });

  test("what is connected in the popup meanwhile appears", async () => {
    const page = await openList([siteRow()], {
      answers: {
        ...siteAnswers([]),
        "sites.list": [
          { ok: true, value: [] },
          { ok: true, value: [siteRow()] },
        ],
      },
      act: async (one) => void (await one.waitForSelector(".empty")),
    });
    expect(await page.$eval(".empty", (empty) => empty.textContent)).toContain("Connect this site");
    await push(page, connected());
    await page.locator(".rows.sites .row").wait();
  });

  test("a list that cannot be had is asked for again by its button", async () => {
    const page = await openList([], {
      answers: {
        ...siteAnswers([]),
        "sites.list": [
          { ok: false, error: { code: "journal-damaged", facts: {} } },
          { ok: true, value: siteRows },
        ],
      },
      act: async (one) => void (await one.waitForSelector(".error-panel")),
    });
    await page.locator("::-p-aria(Try again)").click();
    await page.locator(".rows.sites .row").wait();
  });
});

describe("a site", () => {
  test("its terms are changed: what is not touched stays, and it is said at once", async () => {
    const row = siteRow({ grant: grant({ limits: { requestsPerMinute: 60, bytesPerDay: 5_000_000 } }) });
    const page = await openSite(row);
    await page.locator(press("Change")).click();
    await page
      .locator('dialog ::-p-xpath(.//section[@aria-label="Files"]//label[contains(., "No access")]//input)')
      .click();
    await page.locator("dialog .primary").click();
    const { until, limits } = row.grant;
    const terms = { files: "none", items: "write", folder: null, ownItems: false, until, limits };
    await expect.poll(() => inputs(page, "sites.change")).toEqual([{ ...of, ...terms }]);
    await page.waitForSelector("dialog", { hidden: true });
  });

  test("a change that fails keeps what was chosen; closing changes nothing", async () => {
    const answers = {
      ...siteAnswers([siteRow()]),
      "sites.change": { ok: false, error: { code: "site-terms-too-long", facts: {} } },
    } as const;
    const page = await openSite(siteRow(), { answers });
    await page.locator(press("Change")).click();
    await page.select("dialog select", "open");
    await page.locator("dialog .primary").click();
    await page.locator("dialog .error-panel").wait();
    expect(await page.$eval("dialog select", (select) => select.value)).toBe("open");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { hidden: true });
    expect(await inputs(page, "sites.change")).toHaveLength(1);
  });

  test("one whose time is over is connected again for another month, with the terms to look at", async () => {
    const page = await openSite(siteRow({ grant: grant({ until: fixedNow - 1000 }), state: "expired" }));
    expect(await page.$(".site-head .danger")).toBeNull();
    await page.locator(".site-head .primary").click();
    const verb = await page.waitForSelector("dialog .primary");
    expect(await verb?.evaluate((button) => button.textContent)).toBe(textOf("site_connect_again"));
    expect(await inputs(page, "sites.change")).toEqual([]);
    await page.locator("dialog .primary").click();
    const until = fixedNow + 30 * 86_400_000;
    await expect.poll(async () => (await inputs(page, "sites.change"))[0]).toMatchObject({ until });
  });

  test("one whose time is over is removed after a question, and nothing is said to end", async () => {
    const page = await openSite(siteRow({ grant: grant({ until: fixedNow - 1000 }), state: "expired" }));
    await page.locator(press(textOf("remove"))).click();
    const text = await page.waitForSelector("dialog p");
    expect(await text?.evaluate((element) => element.textContent)).toBe(textOf("site_remove_text"));
    expect(await inputs(page, "sites.revoke")).toEqual([]);
    await page.locator("dialog .danger").click();
    await expect.poll(() => inputs(page, "sites.revoke")).toEqual([of]);
  });

  test("it is ended after a question, and its page says that what it stored is there", async () => {
    const page = await openSite(siteRow(), {
      answers: {
        ...siteAnswers([]),
        "sites.list": [
          { ok: true, value: [siteRow()] },
          { ok: true, value: [] },
        ],
      },
    });
    await page.locator(press("End connection")).click();
    await page.locator("dialog .danger").click();
    await expect.poll(() => inputs(page, "sites.revoke")).toEqual([of]);
    await page.locator("main ::-p-text(still yours)").wait();
    expect(await page.$(".site-data")).not.toBeNull();
  });

  test("a permission that was taken away is asked for in the click", async () => {
    const page = await openSite(siteRow({ permitted: false }));
    await page.locator(press("Allow")).click();
    const requested = () => page.evaluate(() => (globalThis as unknown as { requested: unknown[] }).requested);
    await expect.poll(requested).toEqual([{ origins: [`${notesOrigin}/*`], inClick: true }]);
  });

  test("its use is told by requests, bytes or cost, and day by day in a table", async () => {
    const page = await openSite();
    const name = () => page.$eval(".bars-plot", (plot) => plot.getAttribute("aria-label"));
    expect(await name()).toBe("By day, 5 Oct to 3 Nov; at most 930");
    await page.locator('::-p-xpath(//label[contains(., "Data")]//input)').click();
    await expect.poll(name).toContain("MB");
    await page.locator('::-p-xpath(//label[contains(., "Cost")]//input)').click();
    await expect.poll(name).toContain("$0.00");
    await page.locator(".day-table > summary").click();
    expect(await page.$$eval(".day-table tbody tr", (all) => all.length)).toBe(20);
  });
});

describe("the ledger", () => {
  const lines = (page: Page) => page.$$eval(".ledger-line", (all) => all.length);

  test("it is filtered by kind and by name", async () => {
    const page = await openSite();
    expect(await lines(page)).toBe(9);
    await page.locator('::-p-xpath(//label[contains(., "Changes")]//input)').click();
    await expect.poll(() => lines(page)).toBe(6);
    await page.locator('::-p-xpath(//label[contains(., "Not done")]//input)').click();
    await expect.poll(() => lines(page)).toBe(2);
    await page.locator("[type=search]").fill("secret");
    await expect.poll(() => lines(page)).toBe(1);
    await page.locator("[type=search]").fill("nothing like it");
    await page.locator(".ledger .empty ::-p-text(match)").wait();
  });

  test("a write is undone, once, and what cannot be has no button but its reason", async () => {
    const undone: LedgerRow[] = ledgerRows.map((row) => (row.id === "l1" ? { ...row, undo: "undone" } : row));
    const page = await openSite(siteRow(), {
      answers: {
        ...siteAnswers([siteRow()]),
        "sites.ledger": [
          { ok: true, value: { rows: ledgerRows, cursor: null } },
          { ok: true, value: { rows: undone, cursor: null } },
        ],
      },
    });
    expect(await page.$$eval(".ledger-end button", (all) => all.length)).toBe(2);
    await page.locator("::-p-aria(Undo: Wrote item note#2026-11-02)").click();
    await toast(page, "as it was before");
    expect(await inputs(page, "sites.undo")).toEqual([{ profile: "acme-beta", id: "l1" }]);
    await expect.poll(() => page.$$eval(".ledger-end button", (all) => all.length)).toBe(1);
    const ends = await page.$$eval(".ledger-end", (all) => all.map((end) => end.textContent));
    const [gone, old, undo] = [textOf("ledger_undone"), textOf("ledger_too_old"), textOf("undo")];
    const [refused, failed] = [textOf("ledger_refused"), textOf("ledger_failed")];
    expect(ends).toEqual([gone, "", undo, textOf("ledger_no_versions"), refused, gone, old, "", failed]);
  });

  test("an undo that comes too late says so", async () => {
    const answers = {
      ...siteAnswers([siteRow()]),
      "sites.undo": { ok: false, error: { code: "site-undo-late", facts: {} } },
    } as const;
    const page = await openSite(siteRow(), { answers });
    await page.locator("::-p-aria(Undo: Wrote item note#2026-11-02)").click();
    await toast(page, "changed since");
  });

  test("older lines come by their cursor", async () => {
    const page = await openSite(siteRow(), {
      answers: {
        ...siteAnswers([siteRow()]),
        "sites.ledger": [
          { ok: true, value: { rows: ledgerRows.slice(0, 4), cursor: "older" } },
          { ok: true, value: { rows: ledgerRows.slice(4), cursor: null } },
        ],
      },
    });
    await expect.poll(() => lines(page)).toBe(9);
    expect((await inputs(page, "sites.ledger")).map(({ cursor }) => cursor)).toEqual([undefined, "older"]);
  });
});

describe("what it stored", () => {
  const withDeletion = (deletions: NonNullable<NonNullable<PageState["answers"]>["sites.deleteData"]>) =>
    openSite(siteRow(), { answers: { ...siteAnswers([siteRow()]), "sites.deleteData": deletions } });
  const some = (deleted: number, left: number) => ({ ok: true, value: { deleted, left } }) as const;
  const remove = async (page: Page) => {
    await page.locator(press("Delete all of it")).click();
    await page.locator("dialog .danger").click();
  };

  test("it is deleted some at a time until nothing is left", async () => {
    const page = await withDeletion([some(25, 30), some(25, 5), some(5, 0)]);
    await remove(page);
    await toast(page, "55 files and items deleted");
    expect(await inputs(page, "sites.deleteData")).toEqual([of, of, of]);
    expect(await page.$("progress")).toBeNull();
  });

  test("nothing to delete is said", async () => {
    const page = await withDeletion([some(0, 0)]);
    await remove(page);
    await toast(page, "has stored nothing");
  });

  test("the other answer deletes nothing", async () => {
    const page = await withDeletion([some(25, 0)]);
    await page.locator(press("Delete all of it")).click();
    await page.locator("dialog ::-p-text(Cancel)").click();
    await page.waitForSelector("dialog", { hidden: true });
    expect(await inputs(page, "sites.deleteData")).toEqual([]);
  });

  test("it is stopped by its button, and says how far it came", async () => {
    const page = await withDeletion([some(25, 30), "never"]);
    await remove(page);
    await page.locator(".site-deleting ::-p-text(Cancel)").click();
    await toast(page, "Stopped: 25 files");
    expect(await inputs(page, "sites.deleteData")).toHaveLength(2);
  });

  test("what cannot be deleted is no endless loop, and is told", async () => {
    const page = await withDeletion([some(25, 2), some(0, 2)]);
    await remove(page);
    await toast(page, "2 could not be");
    expect(await inputs(page, "sites.deleteData")).toHaveLength(2);
  });

  test("a failure says why, and goes on from there", async () => {
    const page = await withDeletion([{ ok: false, error: { code: "offline", facts: {} } }, some(3, 0)]);
    await remove(page);
    await page.locator(".site-data .error-panel").wait();
    await page.locator(".site-data ::-p-aria(Try again)").click();
    await toast(page, "3 files and items deleted");
  });

  test.each([
    ["files too", { transferId: "t1", items: 4 }, "being saved as a zip"],
    ["items alone", { transferId: null, items: 4 }, "it has no files"],
  ])("all of it is saved: %s", async (_, value, words) => {
    const answers = { ...siteAnswers([siteRow()]), "sites.export": { ok: true, value } } as const;
    const page = await openSite(siteRow(), { answers });
    await page.locator(press("Save all of it")).click();
    await toast(page, words);
    expect(await inputs(page, "sites.export")).toEqual([of]);
  });

  test("nothing to save is said, and is no failure", async () => {
    const answers = {
      ...siteAnswers([siteRow()]),
      "sites.export": { ok: false, error: { code: "archive-empty", facts: { subs: ["x"] } } },
    } satisfies PageState["answers"];
    const page = await openSite(siteRow(), { answers });
    await page.locator(press("Save all of it")).click();
    await toast(page, "has stored nothing");
    expect(await page.$(".site-data .error-panel")).toBeNull();
  });
});
