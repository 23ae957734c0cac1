import type { Page } from "puppeteer-core";
import { emptyView, type View } from "../../../src/messaging/view.ts";
import { errors, identity, items, signedIn, signedOut } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import { captureStates } from "./popup-capture-states.ts";
import { conflictTransfers, movingTransfers, transfers } from "./transfer-fixtures.ts";

const withRecent = (recent: Partial<View["recent"]>): View => ({
  ...signedIn,
  recent: { ...signedIn.recent, ...recent },
});
const nothing = { files: [], items: [] };
const draft = {
  identity: identity.id,
  original: "note#2026-11-02",
  sortKey: "note#2026-11-02",
  text: '{\n  "text": "Call the harbour office before nine"\n}',
  notation: "plain",
  basis: items[1]?.attributes,
};

const click = (selector: string) => async (page: Page) => await page.locator(selector).click();
/** Every state of the popup: what is known, and what a person then does. */
export const popupStates: PageState[] = [
  ...captureStates,
  { name: "unknown", page: "popup", view: null },
  { name: "first-run", page: "popup", view: { ...emptyView, revision: 1 } },
  { name: "signed-out", page: "popup", view: signedOut },
  {
    name: "signed-out-error",
    page: "popup",
    view: { ...signedOut, session: { state: "signed-out", error: errors.trust } },
  },
  { name: "signing-in", page: "popup", view: { ...signedOut, session: { state: "signing-in" } } },
  { name: "signed-in", page: "popup", view: signedIn },
  { name: "items", page: "popup", view: signedIn, act: click("#tab-items") },
  { name: "transfers", page: "popup", view: { ...signedIn, transfers: movingTransfers }, act: stripThere },
  { name: "transfers-asking", page: "popup", view: { ...signedIn, transfers }, act: stripThere },
  { name: "transfers-conflicts", page: "popup", view: { ...signedIn, transfers: conflictTransfers }, act: stripThere },
  { name: "loading", page: "popup", view: withRecent({ ...nothing, state: "loading", loadedAt: null }), act: pause },
  { name: "empty", page: "popup", view: withRecent(nothing) },
  {
    name: "error",
    page: "popup",
    view: withRecent({ ...nothing, filesError: errors.denied }),
    act: click("summary"),
  },
  { name: "offline", page: "popup", view: signedIn, offline: true },
  {
    name: "expired",
    page: "popup",
    view: { ...signedIn, session: { state: "needs-sign-in", identity, expiresAt: 0, error: null } },
  },
  { name: "file", page: "popup", view: signedIn, act: click('[role="row"]') },
  { name: "menu", page: "popup", view: signedIn, act: click("[aria-label=Menu]") },
  { name: "profiles", page: "popup", view: signedIn, act: click(".profile-button") },
  {
    name: "undo",
    page: "popup",
    view: signedIn,
    answers: { "files.delete": { ok: true, value: { deleteMarker: "v1" } } },
    act: async (page) => {
      await page.locator('[role="row"]').hover();
      await page.locator('[aria-label="Delete report.pdf"]').click();
      await page.locator(".toast").wait();
    },
  },
  { name: "new-item", page: "popup", view: signedIn, act: openNewItem },
  {
    name: "draft",
    page: "popup",
    view: signedIn,
    session: { "draft/acme-beta/=note#2026-11-02": draft },
    act: async (page) =>
      await page
        .locator("::-p-text(Continue)")
        .wait()
        .then(() => {}),
  },
  {
    name: "json-error",
    page: "popup",
    view: signedIn,
    act: async (page) => {
      await openNewItem(page);
      await page.locator("textarea").fill('{\n  "title": "Groceries"\n  "done": false\n}');
      await page.locator("::-p-aria(Save)").click();
      await page.locator("[role=alert]").wait();
    },
  },
  { name: "edit-set", page: "popup", view: signedIn, act: openItemAt(3) },
  {
    name: "conflict",
    page: "popup",
    view: signedIn,
    answers: { "items.save": { ok: false, error: { code: "item-conflict", facts: { current: items[1] } } } },
    act: async (page) => {
      await openItemAt(0)(page);
      await page.locator("::-p-aria(Save)").click();
      await page.locator(".conflict").wait();
    },
  },
];

export async function openNewItem(page: Page): Promise<void> {
  await page.locator("#tab-items").click();
  await page.locator("::-p-aria(New item)").click();
}

function openItemAt(index: number) {
  return async (page: Page) => {
    await page.locator("#tab-items").click();
    await page.locator(`[role="row"]:nth-child(${index + 1})`).click();
    await page.locator("textarea").wait();
  };
}

async function stripThere(page: Page): Promise<void> {
  await page.locator(".transfers .button").wait();
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}
