import type { Page } from "puppeteer-core";
import type { HarnessState } from "./fake-browser.ts";

/** A page in one of its states. */
export interface PageState extends Omit<HarnessState, "messages" | "now"> {
  name: string;
  page: "popup" | "app" | "consent";
  /** Route of the app, for example `#/files/`; of the consent window, `&id=…`. */
  route?: string;
  /** What the person does to get there. */
  act?: (page: Page) => Promise<void>;
}
