import { HoldallError } from "../shared/holdall-error.ts";
import type { WireError } from "../shared/result.ts";
import { checkProfile } from "./check-profile.ts";
import type { KeptProfile } from "./create-profiles.ts";
import type { Policy } from "./policy.ts";
import { profileId } from "./profile-id.ts";

/** Keys of the policy, as in managed-schema.json. */
const known = ["profiles", "active", "allowImport", "lock"];

/** Profiles of one policy. More would make nobody's list. */
const mostProfiles = 50;

/**
 * Reads an administrator's policy: `{ profiles, active, allowImport, lock }`, all optional. What is wrong is left out and told; the
 * rest counts, and nobody is locked out: with no profile that works, importing stays allowed.
 */
export async function readPolicy(values: Record<string, unknown>): Promise<Policy> {
  const problems: WireError[] = [];
  const fault = (path: string, reason: string) => {
    problems.push({ code: "policy-fault", facts: { subs: [path, reason] } });
  };
  for (const key of Object.keys(values)) {
    if (!known.includes(key)) fault(key, "is no setting of Holdall's policy");
  }
  const profiles = await readProfiles(values.profiles, fault);
  const active = readActive(values.active, profiles, fault);
  const lock = readLock(values.lock, fault);
  let allowImport = values.allowImport !== false;
  if (values.allowImport !== undefined && typeof values.allowImport !== "boolean") {
    fault("allowImport", "must be true or false");
  }
  if (!allowImport && profiles.length === 0) {
    fault("allowImport", "is false, and no profile works: importing stays allowed until one does");
    allowImport = true;
  }
  return { managed: true, profiles, active, allowImport, lock, problems };
}

type Fault = (path: string, reason: string) => void;

async function readProfiles(value: unknown, fault: Fault): Promise<KeptProfile[]> {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    fault("profiles", "must be a list of profiles");
    return [];
  }
  if (value.length > mostProfiles) fault("profiles", `must be at most ${mostProfiles}: the rest is left out`);
  const kept: KeptProfile[] = [];
  for (const [index, one] of value.slice(0, mostProfiles).entries()) {
    const path = `profiles[${index}]`;
    try {
      const profile = checkProfile(one);
      const id = await profileId(profile);
      if (kept.some((other) => other.id === id))
        fault(path, "is of the same environment as one before it: that one counts");
      else kept.push({ id, profile, managed: true });
    } catch (error) {
      fault(...reasonOf(error, path));
    }
  }
  return kept;
}

/** Path and reason, as the schema's own are: they are read by who wrote the policy. */
function reasonOf(error: unknown, path: string): [path: string, reason: string] {
  if (!(error instanceof HoldallError)) throw error;
  const [first = "", reason = ""] = error.facts.subs ?? [];
  if (error.code === "profile-invalid") return [first === "profile" ? path : `${path}.${first}`, reason];
  if (error.code === "profile-version")
    return [`${path}.holdall`, `is ${first}, a format that is newer than this Holdall`];
  return [path, `has the address ${first}, which must be https: http is for this machine alone`];
}

function readActive(value: unknown, profiles: KeptProfile[], fault: Fault): string | null {
  if (value === undefined) return null;
  const named = profiles.filter(({ profile }) => profile.name === value);
  if (named.length === 0) fault("active", "must be the name of one of the profiles");
  if (named.length > 1) fault("active", "is the name of several profiles: the first of them counts");
  return named[0]?.id ?? null;
}

function readLock(value: unknown, fault: Fault): Policy["lock"] {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) {
    fault("lock", "must be an object of idleMinutes and onScreenLock");
    return null;
  }
  const { idleMinutes = null, onScreenLock = false } = value as Record<string, unknown>;
  const minutes = typeof idleMinutes === "number" && Number.isInteger(idleMinutes) ? idleMinutes : 0;
  if (idleMinutes !== null && (minutes < 1 || minutes > 1440)) {
    fault("lock.idleMinutes", "must be 1 to 1440 whole minutes, or absent for never");
    return null;
  }
  if (typeof onScreenLock !== "boolean") {
    fault("lock.onScreenLock", "must be true or false");
    return null;
  }
  return { idleMinutes: idleMinutes === null ? null : minutes, onScreenLock };
}
