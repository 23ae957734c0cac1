/** A session on AWS for one site: the person's role, narrowed by a session policy to what the site may do. */
import { partitionOf } from "../setup/partition.ts";
import { type SitePolicyInput, sitePolicy } from "../setup/site-policy.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import type { Services } from "./services.ts";

type Sessions = Services["sessions"];

/**
 * @param grant what the site may do, and for whom
 * @returns null when it is longer than STS takes
 */
export function sitePolicyIn(
  { bucket, table, region }: Profile,
  grant: Omit<SitePolicyInput, "bucket" | "table" | "region" | "partition" | "account">,
): string | null {
  return sitePolicy({
    ...grant,
    ...{ bucket: bucket.name, table: table.name, region, partition: partitionOf(region), account: "*" },
  });
}

/**
 * New credentials under `policy`. Identity pools have no such session.
 * @throws HoldallError as `tryExchange` in src/auth/sessions.ts, and as a renewal of the person's session
 */
export async function exchangeForSite(
  sessions: Sessions,
  profile: string,
  policy: string,
  signal: AbortSignal,
): ReturnType<Sessions["tryExchange"]> {
  try {
    return await sessions.tryExchange(profile, signal, policy);
  } catch (error) {
    // The ID token may be over while the person's credentials last.
    if (!(error instanceof HoldallError && error.code === "token-refused")) throw error;
    await sessions.credentials(profile, true);
    return await sessions.tryExchange(profile, signal, policy);
  }
}
