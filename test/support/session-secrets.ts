import type { Page } from "puppeteer-core";
import type { SessionRecord } from "../../src/auth/session-record.ts";

/** What the extension holds of the session, read in one of its own pages: they may see `storage.session`. Null when signed out. */
export async function sessionRecord(page: Page): Promise<SessionRecord | null> {
  const stored = await page.evaluate(() => chrome.storage.session.get(null));
  return (Object.entries(stored).find(([key]) => key.startsWith("session/"))?.[1] as SessionRecord | undefined) ?? null;
}

/** Every secret of a session by name, to be searched for on disk. */
export function secretsOf(
  owner: string,
  { idToken, refreshToken, credentials }: SessionRecord,
): Record<string, string> {
  const secrets = {
    "ID token": idToken,
    "refresh token": refreshToken,
    "secret access key": credentials?.secretAccessKey,
    "session token": credentials?.sessionToken,
  };
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, secret]) => (secret ? [[`${owner}'s ${name}`, secret]] : [])),
  );
}
