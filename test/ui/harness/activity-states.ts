/** The list of requests: what is known, and what a person then does. */
import type { Page } from "puppeteer-core";
import { activity, listed, manyEntries } from "./activity-fixtures.ts";
import { errors, signedIn, signedOut } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

const page = { page: "app", view: signedIn, route: "#/activity" } as const;
const answers = { "activity.list": listed(activity) } as const;

export const activityStates: PageState[] = [
  { ...page, name: "activity", answers, act: rowsThere },
  {
    ...page,
    name: "activity-entry",
    answers,
    act: async (opened) => {
      await rowsThere(opened);
      await opened.locator("[data-index='2']").click();
      await opened.locator("dl.facts").wait();
    },
  },
  {
    ...page,
    name: "activity-failed",
    answers,
    act: async (opened) => {
      await rowsThere(opened);
      await opened.locator(".failed-only input").click();
      await opened.locator('[aria-label="Service"]').fill("s3");
    },
  },
  {
    ...page,
    name: "activity-many",
    answers: { "activity.list": [listed(manyEntries, 4050), listed(manyEntries.slice(-50), 4050)] },
    act: async (opened) => {
      await rowsThere(opened);
      await opened.$eval(".activity-list", (list) => void list.scrollTo(0, 9000));
      await opened.waitForFunction(
        () => document.querySelectorAll("[aria-rowindex^='19'], [aria-rowindex^='32']").length > 5,
      );
    },
  },
  {
    ...page,
    name: "activity-export",
    answers,
    act: async (opened) => {
      await opened.locator("::-p-aria(Export)").click();
      await opened.locator("[role=menu]").wait();
    },
  },
  {
    ...page,
    name: "activity-clear",
    answers,
    act: async (opened) => {
      await opened.locator("::-p-aria(Clear)").click();
      await opened.locator("dialog").wait();
    },
  },
  { ...page, name: "activity-signed-out", view: signedOut, answers, act: rowsThere },
  { ...page, name: "activity-empty", answers: { "activity.list": listed([]) }, act: emptyThere },
  {
    ...page,
    name: "activity-no-match",
    answers,
    act: async (opened) => {
      await rowsThere(opened);
      await opened.locator(".search").fill("lighthouse");
      await emptyThere(opened);
    },
  },
  {
    ...page,
    name: "activity-error",
    answers: { "activity.list": { ok: false, error: errors.journal } },
    act: async (opened) => {
      await opened.locator(".error-panel").wait();
    },
  },
];

async function rowsThere(opened: Page): Promise<void> {
  await opened.locator(".activity-row").wait();
}

async function emptyThere(opened: Page): Promise<void> {
  await opened.locator(".empty").wait();
}
