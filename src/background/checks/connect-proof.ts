import { createProbe } from "../../aws/probe/create-probe.ts";
import type { ProofDeps } from "../../doctor/proof/proof-world.ts";
import { partitionOf } from "../../setup/partition.ts";
import { PROBE_IDENTITY, PROBE_ITEMS, PROBE_OBJECTS } from "../../setup/probe.ts";
import { siteArea, sitePolicy } from "../../setup/site-policy.ts";
import type { RoleCredentials } from "../../shared/credentials.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { ulid } from "../../shared/ulid.ts";
import type { Services } from "../services.ts";

/** What the isolation proof needs, for one run. @param id of the profile */
export async function connectProof(
  { activity, sessions, profiles }: Pick<Services, "activity" | "sessions" | "profiles">,
  id: string,
): Promise<ProofDeps> {
  const profile = await profiles.get(id);
  const identity = (await sessions.identity(id))?.id ?? null;

  async function siteCredentials(site: string, signal: AbortSignal): Promise<RoleCredentials> {
    const policy = sitePolicy({
      ...{ identity: identity ?? "", site, bucket: profile.bucket.name, table: profile.table.name },
      ...{ files: ["read", "write"], items: ["read", "write"], region: profile.region, account: "*" },
      partition: partitionOf(profile.region),
    });
    if (policy === null) throw new HoldallError("internal", { subs: ["session policy"] });
    try {
      return (await sessions.tryExchange(id, signal, policy)).credentials;
    } catch (error) {
      // The ID token may be over while the credentials last.
      if (!(error instanceof HoldallError && error.code === "token-refused")) throw error;
      await sessions.credentials(id, true);
      return (await sessions.tryExchange(id, signal, policy)).credentials;
    }
  }

  return {
    profile,
    identity,
    credentials: () => sessions.credentials(id),
    siteCredentials: profile.credentials.kind === "identityPool" ? null : siteCredentials,
    probe: (credentials) => createProbe({ profile, credentials, fetch: activity.fetch("other", id), now: Date.now }),
    target: { identity: PROBE_IDENTITY, objects: PROBE_OBJECTS, items: PROBE_ITEMS },
    siteArea,
    ulid,
  };
}
