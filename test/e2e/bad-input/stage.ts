/** What every case of bad input stands on: one browser, one local AWS, alice signed in, and the words that she should read. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { expect } from "vitest";
import type { ErrorCode } from "../../../src/shared/error-codes.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import type { ExtensionBrowser } from "../../support/extension-browser.ts";
import type { PersonOnPage } from "../../support/person-on-page.ts";
import { poll } from "../../support/poll.ts";
import type { StandIn } from "../../support/stand-in.ts";
import type { TestWorld } from "../../support/test-world.ts";
import { textOf } from "../../support/texts.ts";

export interface Stage {
  world: TestWorld;
  browser: ExtensionBrowser;
  /** The app's page, in a tab. */
  app: PersonOnPage;
  /** A server in place of a service, as {@link StandIn}. */
  standIn: StandIn;
}

export interface ExpectedError {
  code: ErrorCode;
  /** Substitutions of the error's texts. */
  subs?: (string | number)[];
  /** The service's own code and the request's id must be among the details. */
  aws?: string;
}

const ALICE = "Alice Archer";

export async function goTo({ app }: Stage, route: string): Promise<void> {
  await app.page.evaluate(async (hash) => {
    location.hash = hash;
    // The page follows by an event; who goes on at once would take its place away again before.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }, route);
}

/** Imports a profile, as a person does who was sent one. It is the active one afterwards. */
export async function importProfile(stage: Stage, profile: Profile): Promise<void> {
  const { app } = stage;
  // The page may be there already, with the import before.
  await goTo(stage, "/settings");
  await goTo(stage, "/import");
  await app.paste(textOf("import_field"), JSON.stringify(profile, null, 2));
  await app.click(textOf("profile_check"));
  await app.sees(textOf("profile_reaches"));
  const replaces = await app.shows(textOf("profile_replaces"));
  await app.click(textOf(replaces ? "profile_replace" : "import_now"));
  await app.sees(textOf("profile_imported", profile.name));
}

/** As if it had been imported while its provider was another: the import would have told. */
export async function keepProfile({ app }: Stage, profile: Profile): Promise<void> {
  const answer = await app.page.evaluate(
    (text) => chrome.runtime.sendMessage({ holdall: 1, command: "profiles.import", input: { text } }),
    JSON.stringify(profile),
  );
  expect(answer).toMatchObject({ ok: true });
}

/** Signs in, unless alice is: the provider still knows her by its cookie, so nothing is to be typed. */
export async function signInAgain({ app }: Stage): Promise<void> {
  if (!(await app.shows(ALICE))) await app.click(textOf("sign_in"));
  await app.sees(ALICE);
}

/** Back to the profile that works, in which alice is signed in. */
export async function mendProfile(stage: Stage): Promise<void> {
  await importProfile(stage, stage.world.aws.profile);
  await stage.app.sees(ALICE);
}

/**
 * Waits until the page says what went wrong and what to do, in one place; then opens the details there: code, service's code,
 * request id.
 */
export async function seesError({ app }: Stage, { code, subs = [], aws }: ExpectedError): Promise<void> {
  const key = code.replaceAll("-", "_");
  const what = textOf(`error_${key}`, ...subs);
  await app.sees(what, 30_000);
  const place = await poll(`a place that says "${what}"`, async () => {
    const found = await app.page.evaluateHandle(findPlace, what);
    return found.asElement() as ElementHandle<Element> | null;
  });
  const said = await place.evaluate(visibleText);
  expect(said).toContain(textOf(`fix_${key}`, ...subs));
  // Nobody is met with codes: they are one click away.
  expect(said).not.toContain(textOf("error_code"));
  await toggleDetails(place);
  const details = await place.evaluate(visibleText);
  expect(details).toContain(code);
  if (aws !== undefined) {
    expect(details).toContain(aws);
    expect(details).toMatch(new RegExp(`${textOf("error_request_id")}\\s+[\\w-]{10,}`));
  }
  await toggleDetails(place);
}

/** Runs in the page. */
function visibleText(element: Element): string {
  // biome-ignore lint/performance/useDomNodeTextContent: folded details are not seen
  return (element as HTMLElement).innerText;
}

async function toggleDetails(place: ElementHandle<Element>): Promise<void> {
  await place.$eval("summary", (summary) => summary.click());
}

/** Runs in the page: the panel, notice, toast or transfer that holds a text. */
function findPlace(text: string): Element | null {
  const places = [...document.querySelectorAll<HTMLElement>(".error-panel, .notice, .toast, li.transfer")];
  return places.find((element) => element.checkVisibility() && element.textContent.includes(text)) ?? null;
}

/** Nothing waits any more: no busy button, no skeleton, no progress without end. */
export async function seesRest({ app }: Stage): Promise<void> {
  await poll("the page to come to rest", () =>
    app.page.evaluate(() => document.querySelector("[aria-busy=true], .skeleton, progress") === null),
  );
}

/** A picture of the page for whoever wants to look: into the folder that the environment names, in Chromium in both schemes. */
export async function picture({ app, browser }: Stage, name: string): Promise<void> {
  const folder = process.env.HOLDALL_PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const file = `${browser.name}-${name.slice(0, 80).replace(/\W+/g, "-")}`;
  await app.page.screenshot({ path: join(folder, `${file}.png`) });
  if (browser.name === "firefox") return;
  await app.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  // Buttons fade from one colour to the other.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await app.page.screenshot({ path: join(folder, `${file}-dark.png`) });
  await app.page.emulateMediaFeatures([]);
}
