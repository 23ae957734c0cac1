import type { Page } from "puppeteer-core";
import { defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { emptyView } from "../../../src/messaging/view.ts";
import { captureAnswers, captures, pendingCaptures, textRead } from "./capture-fixtures.ts";
import { captureRules, errors, files, identity, items, signedIn, signedOut } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import { conflictTransfers, manyPages, manyTransfers, movingTransfers, transfers } from "./transfer-fixtures.ts";

const listed = {
  "files.list": { ok: true, value: { files, folders: ["captures/", "letters/", "صور/"], cursor: null } },
} as const;
const itemsListed = { "items.list": { ok: true, value: { items, cursor: null } } } as const;
const itemConflict = { ok: false, error: { code: "item-conflict", facts: { current: items[1] } } } as const;
const settingsKnown = {
  "transfers.settings": { ok: true, value: { sendOnce: true } },
  "captures.settings": { ok: true, value: defaultCaptureSettings },
  "session.lockSettings": {
    ok: true,
    value: { idleMinutes: 15, onScreenLock: true, managed: false, tellsScreenLock: true },
  },
} as const;
const rulesKnown = { ...settingsKnown, "captures.settings": { ok: true, value: captureRules } } as const;
const app = { page: "app", view: signedIn } as const;
const capturesPage = { ...app, route: "#/captures", answers: captureAnswers } as const;
const openFile = async (page: Page) => {
  await page.locator("::-p-text(report.pdf)").click();
  await page.locator(".file-details").wait();
};

/** Every state of the app: what is known, and what a person then does. */
export const appStates: PageState[] = [
  { name: "first-run", page: "app", view: { ...emptyView, revision: 1 } },
  { name: "signed-out", page: "app", view: signedOut },
  { ...app, name: "files", answers: listed },
  { ...app, name: "file", answers: listed, act: openFile },
  { ...app, name: "files-selected", answers: listed, act: selectSome },
  {
    ...app,
    name: "upload-menu",
    answers: listed,
    act: async (page) => {
      await page.locator('[aria-label="Upload files or a folder"]').click();
      await page.locator("[role=menu]").wait();
    },
  },
  {
    ...app,
    name: "folder-empty",
    route: "#/files/letters/2026/",
    answers: { "files.list": { ok: true, value: { files: [], folders: [], cursor: null } } },
  },
  {
    ...app,
    name: "files-more",
    route: "#/files/letters/",
    answers: {
      "files.list": [
        { ok: true, value: { files, folders: [], cursor: "2" } },
        { ok: false, error: errors.offline },
      ],
    },
  },
  {
    ...app,
    name: "files-filtered",
    route: "#/files/letters/",
    answers: {
      "files.list": [{ ok: true, value: { files, folders: ["letters/reports/"], cursor: "2" } }, "never"],
    },
    act: async (page) => {
      await page.locator("::-p-aria(Size)").click();
      await page.keyboard.press("/");
      await page.keyboard.type("re");
    },
  },
  {
    ...app,
    name: "files-no-match",
    answers: listed,
    act: async (page) => {
      await page.locator(".row").wait();
      await page.keyboard.press("/");
      await page.keyboard.type("nothing like it");
      await page.locator(".empty").wait();
    },
  },
  { ...app, name: "files-loading", answers: { "files.list": "never" }, act: pause },
  { ...app, name: "files-error", answers: { "files.list": { ok: false, error: errors.denied } } },
  { ...app, name: "dock", view: { ...signedIn, transfers }, answers: listed },
  { ...app, name: "dock-moving", view: { ...signedIn, transfers: movingTransfers }, answers: listed },
  {
    ...app,
    name: "dock-toast",
    view: { ...signedIn, transfers: movingTransfers },
    answers: { ...listed, "files.delete": { ok: true, value: { deleteMarker: "v1" } } },
    act: async (page) => {
      // By keyboard: narrow pages show no buttons in rows.
      await page.locator(".row:nth-child(5)").wait();
      await page.focus(".row:nth-child(5)");
      await page.keyboard.press("Delete");
      await page.locator(".toast").wait();
    },
  },
  { ...app, name: "transfers", route: "#/transfers", view: { ...signedIn, transfers } },
  { ...app, name: "transfers-empty", route: "#/transfers" },
  {
    ...app,
    name: "transfers-many",
    route: "#/transfers",
    view: { ...signedIn, transfers: manyTransfers },
    answers: { "transfers.list": manyPages },
    act: async (page) => {
      await page.locator(".transfer-row").wait();
    },
  },
  { ...app, name: "transfers-conflicts", route: "#/transfers", view: { ...signedIn, transfers: conflictTransfers } },
  {
    ...app,
    name: "transfers-leftovers",
    route: "#/transfers",
    view: {
      ...signedIn,
      transfers: { ...movingTransfers, totals: { ...movingTransfers.totals, leftovers: 3 }, problem: errors.journal },
    },
  },
  {
    ...app,
    name: "transfers-cancel",
    route: "#/transfers",
    view: { ...signedIn, transfers: movingTransfers },
    act: async (page) => {
      await page.locator("::-p-aria(Cancel all)").click();
      await page.locator("dialog").wait();
    },
  },
  {
    ...app,
    name: "transfers-menu",
    route: "#/transfers",
    view: { ...signedIn, transfers },
    act: async (page) => {
      await page.locator('[aria-label="More for notes.md"]').click();
      await page.locator("[role=menu]").wait();
    },
  },
  { ...app, name: "offline", offline: true, answers: { "files.list": { ok: false, error: errors.offline } } },
  {
    ...app,
    name: "expired",
    view: { ...signedIn, session: { state: "needs-sign-in", identity, expiresAt: 0, error: null } },
    answers: listed,
  },
  {
    ...app,
    name: "new-folder",
    answers: listed,
    act: async (page) => await page.locator("::-p-text(New folder)").click(),
  },
  { ...app, name: "items", route: "#/items", answers: itemsListed },
  {
    ...app,
    name: "item",
    route: "#/items/list%23groceries",
    answers: { ...itemsListed, "items.get": { ok: true, value: items[0] } },
    act: editorThere,
  },
  { ...app, name: "item-new", route: "#/items?new", answers: itemsListed, act: editorThere },
  {
    ...app,
    name: "item-conflict",
    route: "#/items/list%23groceries",
    answers: { ...itemsListed, "items.get": { ok: true, value: items[0] }, "items.save": itemConflict },
    act: async (page) => {
      await editorThere(page);
      await page.locator("::-p-aria(Save)").click();
      await page.locator(".conflict").wait();
    },
  },
  { ...capturesPage, name: "captures", act: picturesThere },
  { ...capturesPage, name: "captures-list", local: { "captures-look": "list" }, act: linesThere },
  {
    ...capturesPage,
    name: "captures-filtered",
    act: async (page) => {
      await page.locator('[aria-label="Site"]').fill("notes.example");
      await page.locator('[aria-label="Time"]').fill("days");
      await page.locator(".filter-days").wait();
      await picturesThere(page);
    },
  },
  { ...capturesPage, name: "capture", route: `#/captures/${captures[0]?.id}`, act: captureThere },
  {
    ...capturesPage,
    name: "capture-text",
    route: `#/captures/${captures[3]?.id}`,
    answers: { ...captureAnswers, ...textRead },
    act: captureThere,
  },
  { ...capturesPage, name: "capture-page", route: `#/captures/${captures[1]?.id}`, act: captureThere },
  {
    ...capturesPage,
    name: "capture-not-saved",
    route: `#/captures/${captures[2]?.id}`,
    answers: { ...captureAnswers, "captures.annotate": { ok: false, error: errors.offline } },
    act: async (page) => {
      await captureThere(page);
      await page.locator(".note").fill("Only until the first of March.");
      await page.locator(".words-form .error-panel").wait();
    },
  },
  {
    ...capturesPage,
    name: "capture-gone",
    route: "#/captures/gone",
    answers: { ...captureAnswers, "captures.get": { ok: false, error: { code: "item-missing", facts: {} } } },
    act: async (page) => {
      await page.locator("::-p-text(not there any more)").wait();
    },
  },
  {
    ...capturesPage,
    name: "capture-move",
    answers: {
      ...captureAnswers,
      "captures.move": { ok: false, error: { code: "file-exists", facts: { subs: ["harbour.jpg"] } } },
    },
    act: async (page) => {
      await openCaptureMenu(page);
      await page.locator("[role=menu] ::-p-text(Move)").click();
      await page.locator("dialog [type=submit]").wait();
      await page.locator("dialog .input").fill("captures/2026/harbour.jpg");
      await page.locator("dialog [type=submit]").click();
      await page.locator("dialog [role=alert]").wait();
    },
  },
  { ...capturesPage, name: "capture-menu", act: openCaptureMenu },
  {
    ...capturesPage,
    name: "captures-pending",
    view: { ...signedIn, captures: pendingCaptures },
    act: picturesThere,
  },
  {
    ...capturesPage,
    name: "captures-unclaimed",
    view: { ...signedIn, captures: { ...pendingCaptures, pending: [] } },
    act: async (page) => {
      await page.locator(".unclaimed .danger").click();
      await page.locator("dialog").wait();
    },
  },
  {
    ...capturesPage,
    name: "captures-problem",
    view: { ...signedIn, captures: { pending: [], unclaimed: 0, problem: errors.journal } },
    answers: { ...captureAnswers, "captures.list": { ok: false, error: errors.journal } },
    act: async (page) => {
      await page.locator(".error-panel").wait();
    },
  },
  {
    ...capturesPage,
    name: "captures-empty",
    answers: {
      "captures.list": { ok: true, value: { rows: [], cursor: null } },
      "captures.facets": { ok: true, value: { sites: [], tags: [], kinds: [], total: 0, syncing: false } },
    },
    act: emptyThere,
  },
  {
    ...capturesPage,
    name: "captures-filling",
    answers: {
      "captures.list": { ok: true, value: { rows: [], cursor: null } },
      "captures.facets": { ok: true, value: { sites: [], tags: [], kinds: [], total: 0, syncing: true } },
    },
    act: emptyThere,
  },
  {
    ...capturesPage,
    name: "captures-no-match",
    answers: {
      ...captureAnswers,
      "captures.list": [
        { ok: true, value: { rows: captures, cursor: null } },
        { ok: true, value: { rows: [], cursor: null } },
      ],
    },
    act: async (page) => {
      await page.locator(".tile").wait();
      await page.locator(".search").fill("lighthouse");
      await page.locator(".empty").wait();
    },
  },
  { ...app, name: "settings", route: "#/settings", answers: settingsKnown },
  { ...app, name: "capture-settings", route: "#/settings", answers: settingsKnown, act: capturesThere },
  {
    ...app,
    name: "capture-settings-firefox",
    route: "#/settings",
    hostsOnly: true,
    answers: rulesKnown,
    act: capturesThere,
  },
  {
    ...app,
    name: "capture-settings-mhtml",
    route: "#/settings",
    permissions: ["pageCapture"],
    answers: rulesKnown,
    act: capturesThere,
  },
  {
    ...app,
    name: "capture-settings-refused",
    route: "#/settings",
    refuseHosts: true,
    answers: rulesKnown,
    act: async (page) => {
      await capturesThere(page);
      await page.locator("::-p-text(MHTML)").click();
      await page.locator("::-p-text(did not allow)").wait();
    },
  },
  {
    ...app,
    name: "capture-settings-error",
    route: "#/settings",
    answers: { ...settingsKnown, "captures.settings": { ok: false, error: errors.journal } },
    act: async (page) => {
      await page.locator("[role=alert]").wait();
      await page.evaluate(() => document.querySelector("#settings-captures")?.scrollIntoView());
    },
  },
  { ...app, name: "naming-rule", route: "#/settings", answers: rulesKnown, act: ruleOpen },
  {
    ...app,
    name: "naming-rule-fault",
    route: "#/settings",
    answers: rulesKnown,
    act: async (page) => {
      await ruleOpen(page);
      await page.locator("::-p-aria(Site)").fill("not a host");
      await page.locator("::-p-aria(Template)").fill("walks/<titel>");
      await page.locator("::-p-text(There is no variable)").wait();
    },
  },
  {
    ...app,
    name: "naming-variables",
    route: "#/settings",
    answers: settingsKnown,
    act: async (page) => {
      await capturesThere(page);
      await page.locator(".names .card [data-button=edit]").click();
      await page.locator("summary ::-p-text(Variables)").click();
      await page.evaluate(() => document.querySelector(".variables")?.scrollIntoView());
    },
  },
];

async function capturesThere(page: Page): Promise<void> {
  await page.locator(".names .card").wait();
  await page.evaluate(() => document.querySelector("#settings-captures")?.scrollIntoView());
}

async function ruleOpen(page: Page): Promise<void> {
  await capturesThere(page);
  await page.locator('[aria-label="Edit the rule for *.example.com"]').click();
  await page.locator(".name-examples").wait();
  await page.evaluate(() => document.querySelector(".rule-form")?.scrollIntoView());
}

async function selectSome(page: Page): Promise<void> {
  await page.locator(".rows .row").wait();
  await page.keyboard.down("Control");
  await page.locator("::-p-text(letters)").click();
  await page.locator("::-p-text(report.pdf)").click();
  await page.locator("::-p-text(video.mp4)").click();
  await page.keyboard.up("Control");
  await page.locator(".selected-count").wait();
}

async function editorThere(page: Page): Promise<void> {
  await page.locator(".editor textarea").wait();
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}

async function picturesThere(page: Page): Promise<void> {
  await page.locator(".tile img").wait();
  // All of those in sight.
  await pause();
}

async function linesThere(page: Page): Promise<void> {
  await page.locator(".capture-line").wait();
}

async function captureThere(page: Page): Promise<void> {
  await page.locator(".capture-details").wait();
  await pause();
}

async function emptyThere(page: Page): Promise<void> {
  await page.locator(".empty").wait();
}

async function openCaptureMenu(page: Page): Promise<void> {
  await page.locator(".tile").wait();
  await page.focus(".tile");
  await page.keyboard.down("Shift");
  await page.keyboard.press("F10");
  await page.keyboard.up("Shift");
  await page.locator("[role=menu]").wait();
}
