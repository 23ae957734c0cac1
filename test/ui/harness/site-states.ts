/** Connected sites in the popup and in the app. */
import type { Page } from "puppeteer-core";
import type { LedgerRow, SiteRow, SitesView } from "../../../src/messaging/sites-view.ts";
import type { View } from "../../../src/messaging/view.ts";
import type { SiteAccess } from "../../../src/shared/site/site-grant.ts";
import { signedIn, signedOut } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import { grant, ledgerRows, notesOrigin, siteRow, siteRows } from "./site-fixtures.ts";

const line = async (page: Page) => {
  await page.locator(".site-foot p").wait();
};
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 400));

export const notesTab = { id: 7, url: `${notesOrigin}/`, title: "Harbour notes" };
export const notesHeld = [`${notesOrigin}/*`];

export const withSites = (sites: Partial<SitesView>, view: View = signedIn): View => ({
  ...view,
  sites: { connected: [], error: null, ...sites },
});

export const connected = (state: "active" | "paused" | "expired" = "active", files: SiteAccess = "none") =>
  withSites({ connected: [{ origin: notesOrigin, state, files, items: "write" }] });

const popup = {
  page: "popup",
  tab: notesTab,
  held: notesHeld,
  answers: { "captures.here": { ok: true, value: { rows: [] } } },
  act: line,
} as const;

const popupStates: PageState[] = [
  { ...popup, name: "site-unconnected", view: withSites({}), held: [] },
  { ...popup, name: "site-connected", view: connected("active", "read") },
  {
    ...popup,
    name: "site-menu",
    view: connected(),
    act: async (page) => {
      await line(page);
      await page.locator(".site-foot .icon-button").click();
      await page.locator("[role=menu]").wait();
    },
  },
  { ...popup, name: "site-paused", view: connected("paused") },
  { ...popup, name: "site-expired", view: connected("expired") },
  { ...popup, name: "site-permission", view: connected(), held: [] },
  { ...popup, name: "site-signed-out", view: withSites({}, signedOut), held: [] },
  {
    ...popup,
    name: "site-error",
    view: withSites({ error: { code: "background-unreachable", facts: {} } }),
    held: [],
  },
  {
    ...popup,
    name: "site-long",
    tab: { ...notesTab, url: "https://a-host-with-a-rather-long-name.of-a-department.of-a-museum.example.org:8443/" },
    view: withSites({}),
    held: [],
  },
];

export const siteAnswers = (rows: SiteRow[], ledger: LedgerRow[] = ledgerRows, left: string[] = []) =>
  ({
    "sites.list": { ok: true, value: rows },
    "sites.areas": { ok: true, value: left },
    "sites.ledger": { ok: true, value: { rows: ledger, cursor: null } },
  }) as const;

const app = { page: "app", view: signedIn, route: "#/sites" } as const;
const at = (origin: string) => `#/sites/${encodeURIComponent(origin)}`;
const listed = async (page: Page) => {
  await page.locator(".ledger-line").wait();
};
const opened = (name: string, row: SiteRow, part: Partial<PageState> = {}): PageState => ({
  ...app,
  name,
  route: at(row.grant.origin),
  answers: siteAnswers([row]),
  act: listed,
  ...part,
});
const press = (text: string) => `::-p-xpath(//main//button[contains(., "${text}")])`;

const allSites = ledgerRows.map((row, index) => (index % 3 === 1 ? { ...row, origin: "https://photos.example" } : row));

const appStates: PageState[] = [
  { ...app, name: "sites", answers: siteAnswers(siteRows, allSites), act: listed },
  {
    ...app,
    name: "sites-empty",
    answers: siteAnswers([], []),
    act: async (page) => {
      await page.locator(".empty").wait();
    },
  },
  {
    ...app,
    name: "sites-left",
    answers: siteAnswers(siteRows.slice(0, 2), [], ["https://old.example", "http://localhost:8080"]),
    act: async (page) => {
      await page.locator(".left-behind summary").click();
      await page.locator(".left-behind .buttons").wait();
    },
  },
  { ...app, name: "sites-loading", answers: { "sites.list": "never" }, act: pause },
  {
    ...app,
    name: "sites-error",
    answers: { "sites.list": { ok: false, error: { code: "journal-damaged", facts: {} } } },
    act: async (page) => {
      await page.locator(".error-panel").wait();
    },
  },
  opened("site", siteRow()),
  opened("site-days", siteRow(), {
    act: async (page) => {
      await listed(page);
      await page.locator(".day-table > summary").click();
    },
  }),
  opened("site-paused", siteRow({ grant: grant({ paused: true }), state: "paused" })),
  opened("site-expired", siteRow({ grant: grant({ until: Date.UTC(2026, 9, 31) }), state: "expired" })),
  opened("site-permission", siteRow({ permitted: false, grant: grant({ ownItems: true, until: null }) })),
  opened("site-unused", siteRow({ days: [], lastAccess: null }), {
    answers: siteAnswers([siteRow({ days: [], lastAccess: null })], []),
    act: async (page) => {
      await page.locator(".ledger .empty").wait();
    },
  }),
  opened("site-long", siteRows[3] ?? siteRow()),
  opened("site-gone", siteRow(), { answers: siteAnswers([]) }),
  opened("site-change", siteRow(), {
    act: async (page) => {
      await listed(page);
      await page.locator(press("Change")).click();
      await page.locator("dialog").wait();
    },
  }),
  opened("site-end", siteRow(), {
    act: async (page) => {
      await listed(page);
      await page.locator(press("End connection")).click();
      await page.locator("dialog").wait();
    },
  }),
  opened("site-deleting", siteRow(), {
    answers: {
      ...siteAnswers([siteRow()]),
      "sites.deleteData": [{ ok: true, value: { deleted: 25, left: 317 } }, "never"],
    },
    act: async (page) => {
      await listed(page);
      await page.locator(press("Delete all of it")).click();
      await page.locator("dialog .danger").click();
      await page.locator("progress").wait();
      await page.evaluate(() => document.querySelector(".site-data")?.scrollIntoView());
    },
  }),
];

export const siteStates: PageState[] = [...popupStates, ...appStates];
