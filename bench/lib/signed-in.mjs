// @ts-check
import { launchExtension } from "../../test/support/launch-extension.ts";
import { poll } from "../../test/support/poll.ts";
import { sessionRecord } from "../../test/support/session-secrets.ts";
import { signIn } from "../../test/support/sign-in.ts";
import { requestsSince } from "./request-log.mjs";

/**
 * Chromium with Holdall, signed in as alice, on an open app page.
 *
 * @param {import("../../test/support/test-world.ts").TestWorld} world
 */
export async function openSignedIn(world) {
  const browser = await launchExtension("chromium", { extension: await world.buildExtension("chromium") });
  try {
    const page = await browser.openApp("/files");
    const before = await requestsSince(world, 0);
    await signIn(browser, page, world.aws, "alice");
    const session = await poll("alice's session", async () => {
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
