import type { Page } from "puppeteer-core";
import { defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { emptyView } from "../../../src/messaging/view.ts";
import { captureRules, errors, files, identity, items, profilePreview, signedIn, signedOut } from "./fixtures.ts";
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
} as const;
const rulesKnown = { ...settingsKnown, "captures.settings": { ok: true, value: captureRules } } as const;
const app = { page: "app", view: signedIn } as const;
const openFile = async (page: Page) => {
  await page.locator("::-p-text(report.pdf)").click();
  await page.locator(".file-details").wait();
};

const preview = async (page: Page) => {
  await page.locator("textarea").fill("{}");
  await page.locator("::-p-text(Check profile)").click();
  await page.locator(".hosts").wait();
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
  { ...app, name: "settings", route: "#/settings", answers: settingsKnown },
  {
    ...app,
    name: "settings-preview",
    route: "#/settings",
    answers: { ...settingsKnown, "profiles.preview": { ok: true, value: profilePreview } },
    act: preview,
  },
  {
    ...app,
    name: "settings-error",
    route: "#/settings",
    answers: { ...settingsKnown, "profiles.preview": { ok: false, error: errors.profile } },
    act: async (page) => {
      await page.locator("textarea").fill("{ nonsense");
      await page.locator("::-p-text(Check profile)").click();
      await page.locator("[role=alert]").wait();
    },
  },
  {
    ...app,
    name: "settings-remove",
    route: "#/settings",
    answers: settingsKnown,
    act: async (page) => await page.locator('[aria-label="Remove Acme beta"]').click(),
  },
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
