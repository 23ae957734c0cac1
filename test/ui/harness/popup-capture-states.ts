/** The popup over a page that can be captured. */
import type { Page } from "puppeteer-core";
import type { CaptureRow, CapturesView, PendingCapture } from "../../../src/messaging/captures-view.ts";
import { noCaptures } from "../../../src/messaging/captures-view.ts";
import type { View } from "../../../src/messaging/view.ts";
import { minutes, signedIn, signedOut } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

export const tab = { id: 7, url: "https://notes.example/harbour", title: "Harbour at dawn – the long way round" };

const about = { page: tab.url, site: "notes.example", title: tab.title, note: "" };

/** What the click in these states makes. */
export const takenId = "01JBQ2X8ZC3N4W9E5T7R6Y1KMA";

export const savedRow = (row: Partial<CaptureRow> = {}): CaptureRow => ({
  ...about,
  id: takenId,
  kind: "page",
  url: tab.url,
  path: "captures/2026/11/harbour at dawn.mhtml",
  type: "multipart/related",
  size: 1_204_331,
  sha256: "00".repeat(32),
  dimensions: null,
  tags: ["harbour"],
  at: minutes(0),
  missing: 0,
  rev: 1,
  ...row,
});

export const pending = (row: Partial<PendingCapture> = {}): PendingCapture => ({
  ...about,
  id: takenId,
  kind: "page",
  url: tab.url,
  at: minutes(0),
  state: "taking",
  received: 0,
  total: null,
  error: null,
  offers: [],
  tags: [],
  ...row,
});

export const withCaptures = (captures: Partial<CapturesView>, view: View = signedIn): View => ({
  ...view,
  captures: { ...noCaptures, ...captures },
});

const facets = {
  sites: [],
  tags: [
    ["harbour", 12],
    ["tide", 4],
    ["to read", 2],
  ],
  kinds: [],
  total: 18,
  syncing: false,
};

export const answers = {
  "captures.take": { ok: true, value: { id: takenId } },
  "captures.facets": { ok: true, value: facets },
  "captures.outcome": { ok: true, value: { outcome: null } },
  "captures.here": { ok: true, value: { saved: [] } },
  "captures.settings": { ok: true, value: { page: "mhtml" } },
} satisfies PageState["answers"];

const earlier = [savedRow({ id: "01J", at: minutes(60 * 24 * 11) }), savedRow({ id: "01H" }), savedRow({ id: "01G" })];
const saved = { ...answers, "captures.here": { ok: true, value: { saved: earlier } } } satisfies PageState["answers"];
const push = (page: Page, view: View) =>
  page.evaluate((next) => (globalThis as unknown as { pushView: (view: View) => void }).pushView(next), view);

const unreachable = pending({
  id: "01JBQ2X8ZC3N4W9E5T7R6Y1KMB",
  kind: "image",
  url: "https://pictures.example/2026/harbour-at-dawn.jpg",
  title: "Harbour at dawn, from the window of the last ferry before the winter timetable",
  state: "failed",
  error: { code: "permission-needed", facts: { subs: ["pictures.example"] } },
  offers: ["allow-host", "save-link"],
});
const inside = pending({
  id: "01JBQ2X8ZC3N4W9E5T7R6Y1KMC",
  kind: "link",
  url: "http://192.168.1.20/manual.pdf",
  title: "manual.pdf",
  state: "failed",
  error: { code: "capture-blocked", facts: { subs: ["192.168.1.20"] } },
  offers: ["allow-address", "save-link"],
});
const fetching = pending({
  id: "01JBQ2X8ZC3N4W9E5T7R6Y1KMD",
  kind: "video",
  title: "The tide in four minutes",
  received: 48_100_000,
  total: 184_200_440,
});
const waiting = Array.from({ length: 5 }, (_, index) =>
  pending({ id: `01JBQ2X8ZC3N4W9E5T7R6Y1K${10 + index}`, kind: "image", state: "kept", title: `Pier ${index + 1}` }),
);

async function savePage(page: Page): Promise<void> {
  await page.locator("::-p-aria(Save page)").click();
  await page.locator(".tag-input").wait();
}

/** Clicks "Save page", then shows how it goes on. */
const goingOn = (captures: Partial<CapturesView>, view?: View) => async (page: Page) => {
  await savePage(page);
  await push(page, withCaptures(captures, view));
};

const lateThere = (selector: string) => async (page: Page) => {
  await page.locator(selector).wait();
};

export const captureStates: PageState[] = [
  { name: "page", page: "popup", view: signedIn, tab, answers, act: lateThere(".page-line .button") },
  { name: "page-saved", page: "popup", view: signedIn, tab, answers: saved, act: lateThere(".page-saved") },
  {
    name: "page-closed",
    page: "popup",
    view: signedIn,
    tab: { id: 1, url: "chrome://settings/", title: "Settings" },
    act: lateThere(".page-line p"),
  },
  {
    name: "save-menu",
    page: "popup",
    view: signedIn,
    tab,
    answers: saved,
    act: async (page) => {
      await page.locator("[aria-label='More ways to save']").click();
      await page.locator("[role=menu]").wait();
    },
  },
  {
    name: "words-first",
    page: "popup",
    view: signedIn,
    tab,
    answers,
    act: async (page) => {
      await page.locator("::-p-aria(Tags and note)").click();
      await page.locator(".tag-input").fill("harbour,");
    },
  },
  {
    name: "taking",
    page: "popup",
    view: signedIn,
    tab,
    answers,
    act: goingOn({ pending: [pending()] }),
  },
  {
    name: "taken",
    page: "popup",
    view: signedIn,
    tab,
    answers: { ...answers, "captures.here": { ok: true, value: { saved: [savedRow(), ...earlier] } } },
    act: async (page) => {
      await goingOn({ pending: [pending({ state: "sending" })] })(page);
      await page.locator(".tag-input").fill("harbour,");
      await page.locator(".tag-input").fill("to read,");
      await page.locator("textarea").fill("For the winter letter.");
      await push(page, signedIn);
      await page.locator(".card-status.good").wait();
    },
  },
  {
    name: "taking-failed",
    page: "popup",
    view: signedIn,
    tab,
    answers,
    act: goingOn({
      pending: [
        pending({
          state: "failed",
          error: { code: "capture-page-closed", facts: {} },
          offers: ["retry", "save-link"],
        }),
      ],
    }),
  },
  {
    name: "not-taken",
    page: "popup",
    view: signedIn,
    tab,
    answers: { ...answers, "captures.take": { ok: false, error: { code: "journal-full", facts: {} } } },
    act: async (page) => {
      await savePage(page);
      await page.locator(".error-panel").wait();
    },
  },
  {
    name: "captures-pending",
    page: "popup",
    view: withCaptures({ pending: [fetching, unreachable, inside, ...waiting] }),
    tab,
    answers: saved,
    act: lateThere(".capture-list"),
  },
  {
    name: "captures-unclaimed",
    page: "popup",
    view: withCaptures({ unclaimed: 2 }),
    tab,
    answers: saved,
    act: lateThere(".unclaimed"),
  },
  {
    name: "signed-out-taken",
    page: "popup",
    view: signedOut,
    tab,
    answers,
    act: goingOn({ pending: [pending({ state: "kept" })] }, signedOut),
  },
  {
    name: "signed-out-kept",
    page: "popup",
    view: withCaptures({ pending: waiting.slice(0, 2), unclaimed: 2 }, signedOut),
    tab,
    answers,
    act: lateThere(".capture-list"),
  },
  {
    name: "signed-out-page",
    page: "popup",
    view: { ...signedOut, session: { state: "signed-out", error: null } },
    tab,
    answers,
    act: lateThere(".page-line p"),
  },
  {
    name: "another-person",
    page: "popup",
    view: withCaptures({ unclaimed: 1, pending: [unreachable] }),
    tab,
    answers: { ...answers, "captures.here": "never" },
    act: async (page) => {
      await page.locator(".unclaimed .danger").click();
      await page.locator("dialog").wait();
    },
  },
];
