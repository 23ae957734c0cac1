import { browser } from "./browser.ts";

/** How a sign-in window ended. */
export type WindowOutcome =
  | { kind: "redirected"; url: string }
  /** The person closed it. */
  | { kind: "closed" }
  /** A silent run that would have had to show something. */
  | { kind: "needs-person" }
  /** Its page did not load. */
  | { kind: "unloadable" };

/** Where the provider sends the person back to: fixed by the extension's id. */
export function redirectUrl(): string {
  return browser.identity.getRedirectURL();
}

/**
 * Opens the provider's page, or runs through it without showing anything, until it redirects to `redirectUrl()`.
 * @param silent what the browser understands beyond `interactive` for a silent run; Firefox refuses keys it does not know
 */
export async function runSignInWindow(
  url: string,
  interactive: boolean,
  silent: Record<string, unknown> = {},
): Promise<WindowOutcome> {
  try {
    const details = { url, interactive, ...(interactive ? {} : silent) };
    const redirected = await browser.identity.launchWebAuthFlow(details);
    return typeof redirected === "string" && redirected !== ""
      ? { kind: "redirected", url: redirected }
      : { kind: "closed" };
  } catch (error) {
    return outcomeOf(error instanceof Error ? error.message : String(error), interactive);
  }
}

/**
 * The API tells its endings apart by sentences alone:
 * Chromium "The user did not approve access.", "User interaction required.", "Authorization page could not be loaded.";
 * Firefox "User cancelled or denied access.", "Requires user interaction".
 */
function outcomeOf(message: string, interactive: boolean): WindowOutcome {
  if (/could not be loaded|NetworkError|failed to load/i.test(message)) return { kind: "unloadable" };
  if (/interaction|timed out/i.test(message)) return { kind: "needs-person" };
  return interactive ? { kind: "closed" } : { kind: "needs-person" };
}
