/** The doctor: before a run, in one, and after those that end well, badly, and without anybody signed in. */
import type { Page } from "puppeteer-core";
import { doctorViews } from "./doctor-fixtures.ts";
import { profilePreview } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

const text = JSON.stringify(profilePreview.profile);
const page = { page: "app", route: "#/doctor", answers: { "profiles.export": { ok: true, value: { text } } } } as const;

const stepsThere = async (opened: Page) => void (await opened.locator(".step").wait());
const changeThere = async (opened: Page) => void (await opened.locator(".change").wait());

export const doctorStates: PageState[] = [
  { ...page, name: "doctor-first", view: doctorViews.never },
  { ...page, name: "doctor-green", view: doctorViews.green, act: stepsThere },
  { ...page, name: "doctor-denied", view: doctorViews.denied, act: changeThere },
  { ...page, name: "doctor-redirect", view: doctorViews.redirect, act: changeThere },
  { ...page, name: "doctor-trust", view: doctorViews.trust, act: changeThere },
  { ...page, name: "doctor-signed-out", view: doctorViews.signedOut, act: stepsThere },
  { ...page, name: "doctor-running", view: doctorViews.running, act: stepsThere },
  {
    ...page,
    name: "doctor-token",
    view: doctorViews.green,
    act: async (opened) => {
      await stepsThere(opened);
      await opened.locator("::-p-text(ID token)").click();
      await opened.locator("details[open]").wait();
    },
  },
];
