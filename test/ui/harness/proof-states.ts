/** The isolation proof: before a run, in one, green, with a hole, and with lines that nobody answered. */
import type { Page } from "puppeteer-core";
import { profilePreview } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import { proofViews } from "./proof-fixtures.ts";

const text = JSON.stringify(profilePreview.profile);
const page = { page: "app", route: "#/proof", answers: { "profiles.export": { ok: true, value: { text } } } } as const;

const settled = async (opened: Page) => void (await opened.locator(".proof-assumes .change").wait());

export const proofStates: PageState[] = [
  { ...page, name: "proof-first", view: proofViews.never, act: settled },
  { ...page, name: "proof-signed-out", view: proofViews.signedOut, act: settled },
  { ...page, name: "proof-green", view: proofViews.green, act: settled },
  { ...page, name: "proof-pool", view: proofViews.pool, act: settled },
  {
    ...page,
    name: "proof-hole",
    view: proofViews.hole,
    act: async (opened) => {
      await settled(opened);
      await opened.locator(".failure .change").wait();
    },
  },
  { ...page, name: "proof-unproven", view: proofViews.unproven, act: settled },
  { ...page, name: "proof-running", view: proofViews.running, act: settled },
];
