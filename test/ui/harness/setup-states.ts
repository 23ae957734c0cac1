/** The guided setup: empty, with a fault, and with everything that a template needs. */
import type { Page } from "puppeteer-core";
import { signedIn } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

const page = { page: "app", route: "#/setup", view: signedIn } as const;

async function type(browserPage: Page, label: string, text: string): Promise<void> {
  const field = await browserPage.waitForSelector(`aria/${label}[role="textbox"]`);
  await field?.type(text);
}

export const setupStates: PageState[] = [
  { ...page, name: "setup-first", act: async (one) => void (await one.waitForSelector(".setup-page")) },
  {
    ...page,
    name: "setup-fault",
    act: async (one) => {
      await type(one, "Issuer", "login.example.com");
    },
  },
  {
    ...page,
    name: "setup-template",
    act: async (one) => {
      await type(one, "Issuer", "https://acme.eu.auth0.com/");
      await type(one, "Client id", "kT5wFzR2nq0A");
      await type(one, "Account", "111122223333");
      await one.waitForSelector(".setup-page .change-text");
      await one.evaluate(() => document.querySelector("#setup-template")?.scrollIntoView());
    },
  },
];
