import type { Page } from "puppeteer-core";
import type { LocalAwsInfo } from "../../local/info.ts";
import type { ExtensionBrowser } from "./extension-browser.ts";
import { PersonOnPage } from "./person-on-page.ts";
import { poll } from "./poll.ts";
import { textOf } from "./texts.ts";

/**
 * Signs in as a person does: the button, then name and password in the provider's window.
 *
 * @param page a signed-out popup or app page
 * @param name `alice` or `bob`
 * @param button what begins it
 */
export async function signIn(
  browser: ExtensionBrowser,
  page: Page,
  aws: LocalAwsInfo,
  name: string,
  button = textOf("sign_in"),
): Promise<void> {
  const password = aws.people.find((person) => person.name === name)?.password;
  if (password === undefined) throw new Error(`There is nobody called ${name}`);
  await new PersonOnPage(page).click(button);
  const login = new PersonOnPage(await browser.waitForPage(aws.issuer));
  await login.fill("Name", name);
  await login.fill("Password", password);
  await login.click("Sign in");
  // A tab that is opened while the window is there would open in it, in Firefox.
  await poll("the provider's window to close", async () => {
    const pages = await browser.browser.pages();
    return !pages.some((open) => open.url().startsWith(aws.issuer));
  });
}
