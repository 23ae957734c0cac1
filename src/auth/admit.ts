/** From tokens to credentials: finds the role, and exchanges the ID token. Changes nothing of the session. */
import type { RoleApplication } from "../messaging/session-protocol.ts";
import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile, Role } from "../shared/profile.ts";
import { toWireError, type WireError } from "../shared/result.ts";
import { type ExchangeDeps, exchange } from "./exchange.ts";
import type { Tokens } from "./judge-tokens.ts";
import { countRoles, findRole, namedByArn, oneGroup, rememberedKey } from "./roles.ts";
import type { SessionDeps } from "./sessions.ts";

export type Admission =
  | {
      kind: "admitted";
      credentials: RoleCredentials;
      identity: string;
      role: string | null;
      applications: RoleApplication[] | null;
      /** The directory did not answer: the role used last was taken without it. */
      warning: WireError | null;
    }
  /** The person has to say which role: none is remembered, or IAM refused it. */
  | { kind: "choose"; applications: RoleApplication[]; refused: Role | null; error: WireError | null };

export type AdmitDeps = ExchangeDeps & Pick<SessionDeps, "notes" | "readDirectory">;

/** The role to try; null where the person has to choose. `applications`: null where there is no choice. */
interface Offer {
  role: string | null;
  applications: RoleApplication[] | null;
  warning: WireError | null;
}

/** @throws HoldallError those of `exchange` and of the directory */
export async function admit(
  { profile, profileId, tokens }: { profile: Profile; profileId: string; tokens: Tokens },
  deps: AdmitDeps,
  signal: AbortSignal,
): Promise<Admission> {
  const { role, applications, warning } = await offerOf(profile, profileId, tokens, deps, signal);
  if (role === null && applications !== null) return { kind: "choose", applications, refused: null, error: null };
  const { idToken, subject } = tokens;
  try {
    const admitted = await exchange({ profile, idToken, subject, role, identity: null }, deps, signal);
    return { kind: "admitted", ...admitted, role, applications, warning };
  } catch (error) {
    const refused = findRole(applications, role);
    if (refused === null || applications === null || !isRefusal(error)) throw error;
    const { arn, name } = refused;
    return { kind: "choose", applications, refused: { arn, name }, error: toWireError(error) };
  }
}

/** True when IAM does not let this person have the role, whatever the token. */
export function isRefusal(error: unknown): boolean {
  return error instanceof HoldallError && error.code === "trust-refused";
}

async function offerOf(
  { credentials }: Profile,
  profileId: string,
  { accessToken }: Tokens,
  deps: AdmitDeps,
  signal: AbortSignal,
): Promise<Offer> {
  if (credentials.kind === "identityPool") return { role: null, applications: null, warning: null };
  const { role } = credentials;
  if (role.kind === "fixed") return { role: role.arn, applications: null, warning: null };
  const note = await deps.notes.get(rememberedKey(profileId));
  const last = typeof note === "string" ? note : null;
  if (role.kind === "list") return { ...pick(oneGroup(role.roles), last), warning: null };
  try {
    return { ...pick(await deps.readDirectory(role, accessToken, signal), last), warning: null };
  } catch (error) {
    // The directory authorizes nothing: without it the role used last is as good as it was.
    if (last === null || (error instanceof HoldallError && error.code === "cancelled")) throw error;
    return { role: last, applications: oneGroup([namedByArn(last)]), warning: toWireError(error) };
  }
}

function pick(applications: RoleApplication[], last: string | null): Omit<Offer, "warning"> {
  const only = countRoles(applications) === 1 ? (applications.flatMap(({ roles }) => roles)[0]?.arn ?? null) : null;
  return { applications, role: findRole(applications, last)?.arn ?? only };
}
