import type { Page } from "puppeteer-core";
import { sendCommand } from "./in-page.ts";
import type { Stage } from "./stage.ts";

/**
 * Signs in whether or not the provider still knows the person: after a browser was killed, cookies of its last half minute are
 * gone, so a form may or may not come.
 *
 * @throws when it has not come about after 25 s
 */
export async function signInAgain(stage: Stage, name: string): Promise<void> {
  const { people, issuer } = stage.world.aws;
  const password = people.find((person) => person.name === name)?.password ?? "";
  const end = performance.now() + 25_000;
  let asking = false;
  let last: unknown;
  while (performance.now() < end) {
    const { session, activeProfile } = await stage.view();
    if (session.state === "signed-in") return;
    if (!asking && session.state !== "renewing") {
      asking = true;
      sendCommand(await stage.page(), "session.signIn", { profile: activeProfile })
        .then((answer) => {
          last = answer;
        })
        .catch((error: unknown) => {
          last = error;
        })
        .finally(() => {
          asking = false;
        });
    }
    await fillIn(await stage.browser.browser.pages(), issuer, name, password);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  throw new Error(`${name} cannot sign in: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

/** Fills in the provider's form once, if a page shows it. */
async function fillIn(pages: Page[], issuer: string, name: string, password: string): Promise<void> {
  for (const page of pages.filter((open) => open.url().startsWith(issuer))) {
    // It may close or move on at any moment.
    await page
      .evaluate(
        (login, word) => {
          const form = document.querySelector("form");
          const [nameField, passwordField] = form?.querySelectorAll("input") ?? [];
          if (!form || !nameField || !passwordField || form.dataset.sent) return;
          form.dataset.sent = "yes";
          nameField.value = login;
          passwordField.value = word;
          form.requestSubmit();
        },
        name,
        password,
      )
      .catch(() => {});
  }
}
