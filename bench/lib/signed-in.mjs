// @ts-check
import { launchExtension } from "../../test/support/launch-extension.ts";
import { poll } from "../../test/support/poll.ts";
import { sessionRecord } from "../../test/support/session-secrets.ts";
import { signIn } from "../../test/support/sign-in.ts";
import { requestsSince } from "./request-log.mjs";

/**
 * A browser with Holdall, signed in as the first person, on an open page of its own.
 *
 * @param {import("../../test/support/test-world.ts").TestWorld} world
 * @param {{ name?: import("../../test/support/extension-browser.ts").BrowserName, path?: string, hosts?: string[], profiles?: import("../../src/shared/profile.ts").Profile[] }} [options] `path` of the page; `hosts`: names that lead to loopback; `profiles`: those that are packaged, the active one first
 */
export async function openSignedIn(world, { name = "chromium", path = "/popup.html", hosts = [], profiles } = {}) {
  const extension = await world.buildExtension(name, profiles && { profiles });
  const browser = await launchExtension(name, { extension, hosts });
  try {
    const page = await browser.openExtensionPage(path);
    const before = await requestsSince(world, 0);
    await signIn(browser, page, world.aws, world.aws.people[0]?.name ?? "");
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
