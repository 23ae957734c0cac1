import type { Page } from "puppeteer-core";
import { sendCommand } from "./in-page.ts";
import { type Stage, within } from "./stage.ts";

/** Milliseconds after which a person closes a window that leads nowhere: a fault may have hit the provider's page. */
const patience = 5000;

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
  const opened = new Map<Page, number>();
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
    const windows = (await stage.browser.browser.pages()).filter((page) => page.url().startsWith(issuer));
    for (const window of windows) {
      const since = opened.get(window) ?? performance.now();
      opened.set(window, since);
      if (performance.now() - since < patience) await fillIn(window, name, password);
      else await window.close().catch(() => {});
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  throw new Error(`${name} cannot sign in: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

/** Fills in the provider's form once, if the window shows it: it may close or move on at any moment. */
async function fillIn(window: Page, name: string, password: string): Promise<void> {
  const filling = window.evaluate(
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
  );
  await within(2000, "the provider's form", filling).catch(() => {});
}
