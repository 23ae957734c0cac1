/** The consent window, in every state. */
import type { Page } from "puppeteer-core";
import type { ConsentView } from "../../../src/messaging/sites-view.ts";
import type { PageState } from "./page-state.ts";
import { consentView, grant } from "./site-fixtures.ts";

export const there = async (page: Page) => {
  // Its coming to the front begins the time in which nothing can be allowed.
  await page.bringToFront();
  await page.locator(".consent-allow:not([aria-disabled=true])").wait();
};
const click = async (page: Page, selector: string) => {
  await page.locator(selector).click();
};
const chosen = (label: string) => `::-p-xpath(//label[contains(., "${label}")]//input)`;

/** The window for a question. */
export const asks = (part: Partial<ConsentView> = {}): Omit<PageState, "name"> => ({
  page: "consent",
  view: null,
  route: "&id=c1",
  answers: { "sites.consent": { ok: true, value: consentView(part) } },
});

/** It was answered, or its page is closed. */
export const gone = {
  answers: { "sites.consent": { ok: false, error: { code: "site-unknown", facts: {} } } },
  act: async (page: Page) => void (await page.waitForSelector("h1:not(.sr)")),
} satisfies Partial<PageState>;

const wish = consentView().wish;

export const consentStates: PageState[] = [
  { ...asks(), name: "consent", act: there },
  {
    ...asks({ declared: false, title: "", wish: { ...wish, reason: null, items: "write" } }),
    name: "consent-undeclared",
    act: there,
  },
  {
    ...asks({ wish: { ...wish, files: "write", folder: "photos/2026/" } }),
    name: "consent-folder",
    act: async (page) => {
      await there(page);
      await click(page, chosen("Another folder"));
      await page.locator(".part-field").wait();
    },
  },
  {
    ...asks({ wish: { ...wish, ownItems: true } }),
    name: "consent-all-items",
    act: async (page) => {
      await there(page);
      await click(page, chosen("All of your own items"));
      await page.locator(".access-part .notice").wait();
    },
  },
  {
    ...asks({ wish: { ...wish, files: "read" } }),
    name: "consent-limits",
    act: async (page) => {
      await there(page);
      await click(page, ".limits > summary");
      await page.locator("::-p-aria(Requests a minute)").fill("0");
      await click(page, chosen("Another folder"));
      await page.locator(".part-field input").fill("apps/https_other.example");
    },
  },
  {
    ...asks({ origin: "https://xn--80ak6aa92e.com", unicodeHost: "аррӏе.com", lookAlike: true, title: "Apple" }),
    name: "consent-look-alike",
    act: there,
  },
  {
    ...asks({ origin: "https://xn--bcher-kva.example", unicodeHost: "bücher.example", title: "Bücher" }),
    name: "consent-unicode",
    act: there,
  },
  { ...asks({ wall: "holdall" }), name: "consent-identity-pool", act: there },
  {
    ...asks({
      origin: "https://a-host-with-a-rather-long-name.of-a-department.of-a-museum.with-branches.example.org:8443",
      title:
        "Ein sehr langer Titel, der an keiner Stelle Rücksicht nimmt, weil eine Seite schreiben kann, was sie will",
      wish: { ...wish, files: "write", reason: "Donaudampfschifffahrtsgesellschaftskapitänsmütze ".repeat(6) },
      area: "apps/https_a-host-with-a-rather-long-name.of-a-department.of-a-museum.with-branches.example.org_p8443/",
      profile: { id: "home", name: "Home: the one with a name that goes on and on", colour: "#5f3dc4" },
      identity: { id: "auth0|7f3a9c0012", name: "alice.of.the.harbour.office@department.museum.example" },
    }),
    name: "consent-long",
    act: there,
  },
  { ...asks({ present: grant(), wish: { ...wish, files: "write" } }), name: "consent-more", act: there },
  {
    ...asks({ identity: null }),
    name: "consent-signed-out",
    act: async (page) => void (await page.waitForSelector(".consent-foot")),
  },
  {
    ...asks({ identity: null }),
    name: "consent-still-out",
    act: async (page) => {
      await click(page, ".consent-foot .primary");
      await page.locator(".notice").wait();
    },
  },
  {
    ...asks(),
    name: "consent-error",
    answers: {
      "sites.consent": { ok: true, value: consentView() },
      "sites.allow": { ok: false, error: { code: "journal-full", facts: {} } },
    },
    act: async (page) => {
      await there(page);
      await click(page, ".consent-allow");
      await page.locator(".error-panel").wait();
    },
  },
  { ...asks(), ...gone, name: "consent-gone" },
  {
    ...asks(),
    name: "consent-unreachable",
    answers: { "sites.consent": { ok: false, error: { code: "background-unreachable", facts: {} } } },
    act: async (page) => {
      await page.locator(".error-panel").wait();
    },
  },
  {
    ...asks(),
    name: "consent-loading",
    answers: { "sites.consent": "never" },
    act: async () => void (await new Promise((done) => setTimeout(done, 400))),
  },
];
