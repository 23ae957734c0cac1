import { dropHosts } from "../../platform/permissions.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import type { GrantBook } from "../../sites/grant-book.ts";
import type { Services } from "../services.ts";

/**
 * Gives the browser's permission for a site's host back, unless something needs it: a connection of any person, a profile that
 * reaches the same host, or one of `others`.
 * @param others origins that are asked about
 */
export async function giveBack(
  { profiles }: Pick<Services, "profiles">,
  book: GrantBook,
  origin: string,
  others: string[],
): Promise<void> {
  const pattern = sitePattern(origin);
  const connected = [...(await book.origins()), ...others].map(sitePattern);
  const reached = (await profiles.list()).flatMap(({ profile }) => reachOf(profile));
  if (!connected.includes(pattern) && !reached.includes(pattern)) await dropHosts([pattern]);
}
