// @ts-check
import { launchExtension } from "../../test/support/launch-extension.ts";
import { poll } from "../../test/support/poll.ts";
import { sessionRecord } from "../../test/support/session-secrets.ts";
import { textOf } from "../../test/support/texts.ts";
import { requestsSince } from "./request-log.mjs";

/**
 * Chromium with Holdall, signed in as the first person, on an open page of its own.
 *
 * @param {import("../../test/support/test-world.ts").TestWorld} world
 */
export async function openSignedIn(world) {
  const browser = await launchExtension("chromium", { extension: await world.buildExtension("chromium") });
  try {
    const page = await browser.openExtensionPage("/popup.html");
    const before = await requestsSince(world, 0);
    await page.locator(`::-p-aria([name="${textOf("sign_in")}"][role="button"])`).click();
    await fillLogin(await browser.waitForPage(world.aws.issuer), world.aws.people[0]);
    const session = await poll("the session", async () => {
      const record = await sessionRecord(page);
      return record?.credentials ? record : null;
    });
    const signInRequests = (await requestsSince(world, before.at(-1)?.n ?? 0)).filter(
      ({ service }) => service === "issuer" || service === "sts",
    );
    const profile = await poll("the active profile", () =>
      page.evaluate(async () => {
        const { view } = await chrome.storage.session.get("view");
        return /** @type {{ activeProfile: string | null } | undefined} */ (view)?.activeProfile ?? null;
      }),
    );
    return { browser, page, profile, credentials: session.credentials, identity: session.identity, signInRequests };
  } catch (error) {
    await browser.dispose();
    throw error;
  }
}

/** @param {import("puppeteer-core").Page} page the provider's @param {{ name: string, password: string } | undefined} person */
async function fillLogin(page, person) {
  if (!person) throw new Error("The local AWS knows nobody");
  await page.locator('::-p-aria([name="Name"][role="textbox"])').fill(person.name);
  await page.locator('::-p-aria([name="Password"][role="textbox"])').fill(person.password);
  await page.locator('::-p-aria([name="Sign in"][role="button"])').click();
}
