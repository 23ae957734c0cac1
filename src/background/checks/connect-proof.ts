import { createProbe } from "../../aws/probe/create-probe.ts";
import type { ProofDeps } from "../../doctor/proof/proof-world.ts";
import { PROBE_IDENTITY, PROBE_ITEMS, PROBE_OBJECTS } from "../../setup/probe.ts";
import { siteArea } from "../../setup/site-policy.ts";
import type { RoleCredentials } from "../../shared/credentials.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { ulid } from "../../shared/ulid.ts";
import type { Services } from "../services.ts";
import { exchangeForSite, sitePolicyIn } from "../site-session.ts";

/** What the isolation proof needs, for one run. @param id of the profile */
export async function connectProof(
  { activity, sessions, profiles }: Pick<Services, "activity" | "sessions" | "profiles">,
  id: string,
): Promise<ProofDeps> {
  const profile = await profiles.get(id);
  const identity = (await sessions.identity(id))?.id ?? null;

  async function siteCredentials(site: string, signal: AbortSignal): Promise<RoleCredentials> {
    const verbs = ["read", "write"] as const;
    const policy = sitePolicyIn(profile, { identity: identity ?? "", site, files: verbs, items: verbs });
    if (policy === null) throw new HoldallError("internal", { subs: ["session policy"] });
    return (await exchangeForSite(sessions, id, policy, signal)).credentials;
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
