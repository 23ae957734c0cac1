import type { Page } from "puppeteer-core";
import { defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { errors, signedIn } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import {
  answered,
  choices,
  choosing,
  choosingRefused,
  endedRefused,
  ending,
  lastMinute,
  locked,
  manyChoices,
  manyProfiles,
  withRole,
} from "./session-fixtures.ts";

const rolesThere = async (page: Page) => {
  await page.locator(".role").wait();
};
const click = (selector: string) => async (page: Page) => {
  await page.locator(selector).click();
};
const pause = async () => {
  await new Promise((resolve) => setTimeout(resolve, 400));
};
const listed = {
  "files.list": { ok: true, value: { files: signedIn.recent.files, folders: [], cursor: null } },
} as const;

/** What both pages show of a session. */
const shared: Omit<PageState, "page">[] = [
  { name: "roles", view: choosing, answers: answered(choices), act: rolesThere },
  { name: "roles-refused", view: choosingRefused, answers: answered(choices), act: rolesThere },
  { name: "roles-many", view: choosing, answers: answered(manyChoices), act: rolesThere },
  {
    name: "roles-searched",
    view: choosing,
    answers: answered(manyChoices),
    act: async (page) => {
      await rolesThere(page);
      await page.type("input[type=search]", "application 12 role 23");
    },
  },
  {
    name: "roles-busy",
    view: choosing,
    answers: { ...answered(choices), "session.chooseRole": "never" },
    act: async (page) => {
      await rolesThere(page);
      await click(".role")(page);
    },
  },
  { name: "roles-loading", view: choosing, answers: { "session.roles": "never" }, act: pause },
  {
    name: "roles-error",
    view: choosing,
    answers: { "session.roles": { ok: false, error: errors.issuer } },
    act: async (page) => {
      await page.locator(".error-panel").wait();
    },
  },
  {
    name: "roles-none",
    view: choosing,
    answers: answered({ applications: [], current: null }),
    act: async (page) => {
      await page.locator(".empty").wait();
    },
  },
  {
    name: "change-role",
    view: withRole,
    answers: { ...listed, ...answered(choices) },
    act: async (page) => {
      await click("[aria-label=Menu]")(page);
      await click("::-p-text(Change role…)")(page);
      await rolesThere(page);
    },
  },
  {
    name: "change-role-refused",
    view: withRole,
    answers: { ...listed, ...answered(choices), "session.chooseRole": { ok: false, error: errors.trust } },
    act: async (page) => {
      await click("[aria-label=Menu]")(page);
      await click("::-p-text(Change role…)")(page);
      await click(".role")(page);
      await page.locator("dialog .error-panel").wait();
    },
  },
  { name: "session-menu", view: withRole, answers: listed, act: click("[aria-label=Menu]") },
  {
    name: "who-am-i",
    view: withRole,
    answers: listed,
    act: async (page) => {
      await click(".who-button")(page);
      await page.locator(".session-details").wait();
    },
  },
  { name: "ending", view: ending, answers: listed },
  { name: "ended-refused", view: endedRefused, answers: listed },
  { name: "last-minute", view: lastMinute, answers: listed },
  { name: "locked", view: locked },
  {
    name: "sign-out-all",
    view: signedIn,
    answers: listed,
    act: async (page) => {
      await click("[aria-label=Menu]")(page);
      await click("::-p-text(Sign out everywhere…)")(page);
      await page.locator("dialog").wait();
    },
  },
  { name: "many-profiles", view: manyProfiles, answers: listed, act: click(".profile-button") },
];

const settings = {
  page: "app",
  view: signedIn,
  route: "#/settings",
  act: async (page: Page) => {
    await page.locator('::-p-aria([name="Security"][role="heading"])').wait();
    await pause();
    await page.evaluate(() => {
      [...document.querySelectorAll("h2")].find((one) => one.textContent === "Security")?.scrollIntoView();
    });
  },
} as const;
const others = {
  "transfers.settings": { ok: true, value: { sendOnce: true } },
  "captures.settings": { ok: true, value: defaultCaptureSettings },
} as const;
const lock = (idleMinutes: number | null, managed: boolean) =>
  ({
    ...others,
    "session.lockSettings": { ok: true, value: { idleMinutes, onScreenLock: true, managed, tellsScreenLock: true } },
  }) as const;

export const sessionStates: PageState[] = [
  { ...settings, name: "lock-settings", answers: lock(15, false) },
  { ...settings, name: "lock-managed", answers: lock(10, true) },
  {
    ...settings,
    name: "lock-error",
    answers: { ...others, "session.lockSettings": { ok: false, error: { code: "internal", facts: {} } } },
  },
  ...shared.map((state) => ({ ...state, page: "popup" as const })),
  ...shared.map((state) => ({ ...state, page: "app" as const })),
];
