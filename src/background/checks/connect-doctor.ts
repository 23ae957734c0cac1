import { hostOf } from "../../aws/host-of.ts";
import { createProbe } from "../../aws/probe/create-probe.ts";
import type { DoctorDeps } from "../../doctor/doctor-world.ts";
import { redirectUrl } from "../../platform/identity.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import { tokenEndpoint } from "../../profiles/token-endpoint.ts";
import type { Profile } from "../../shared/profile.ts";
import { isUlid, timeOfUlid, ulid } from "../../shared/ulid.ts";
import type { Services } from "../services.ts";

/** Milliseconds: no run takes so long. */
const longestRun = 600_000;

/** What the doctor needs, for one run. @param id of the profile */
export async function connectDoctor(
  { activity, sessions, profiles }: Pick<Services, "activity" | "sessions" | "profiles">,
  id: string,
): Promise<DoctorDeps> {
  const profile = await profiles.get(id);
  const pool = profile.credentials.kind === "identityPool";
  return {
    profile,
    redirectUrl: redirectUrl(),
    hosts: reachOf(profile),
    tokenService: tokenServiceOf(profile),
    holdsHost: (pattern) => holdsHosts([pattern]),
    online: () => navigator.onLine,
    fetch: activity.fetch("issuer", id),
    fetchTokenService: activity.fetch(pool ? "cognito-identity" : "sts", id),
    identity: await sessions.identity(id),
    idToken: () => sessions.idToken(id),
    renew: async () => void (await sessions.credentials(id, true)),
    exchange: (signal) => sessions.tryExchange(id, signal),
    probe: (credentials) => createProbe({ profile, credentials, fetch: activity.fetch("other", id), now: Date.now }),
    now: Date.now,
    ulid,
    isOldRun: (run) => isUlid(run) && timeOfUlid(run) < Date.now() - longestRun,
  };
}

function tokenServiceOf(profile: Profile): string {
  const service = profile.credentials.kind === "identityPool" ? "cognitoIdentity" : "sts";
  return tokenEndpoint(profile) ?? `https://${hostOf(service, profile)}/`;
}
