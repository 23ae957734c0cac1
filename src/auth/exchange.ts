import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { sessionName } from "./session-name.ts";
import type { SessionDeps } from "./sessions.ts";

export type ExchangeDeps = Pick<SessionDeps, "assumeRole" | "poolCredentials">;

export interface ExchangeInput {
  profile: Profile;
  idToken: string;
  /** `sub` of the ID token. */
  subject: string;
  /** ARN; null for an identity pool. */
  role: string | null;
  /** Who it was so far; null when AWS has not said. An identity pool is asked for this very identity. */
  identity: string | null;
  /** Narrows the role's policy; an identity pool takes none. */
  sessionPolicy?: string;
}

/** Characters: STS's own limit, and far above what a provider has a reason to issue. */
const longestToken = 20_000;

/**
 * An ID token for role credentials, the way the profile says.
 * @throws HoldallError `token-refused` for a token that is too long to be sent, and what the services refuse
 */
export async function exchange(
  { profile, idToken, subject, role, identity, sessionPolicy }: ExchangeInput,
  deps: ExchangeDeps,
  signal: AbortSignal,
): Promise<{ credentials: RoleCredentials; identity: string }> {
  if (idToken.length > longestToken) {
    throw new HoldallError("token-refused", {
      subs: [`it is ${idToken.length} characters long, AWS takes ${longestToken}`],
    });
  }
  const { credentials } = profile;
  if (credentials.kind === "identityPool") {
    return await deps.poolCredentials({ profile, idToken, identityId: identity, signal });
  }
  if (role === null) throw new HoldallError("role-unknown", { subs: ["?"] });
  const { durationSeconds } = credentials;
  const name = await sessionName(subject);
  const input = { profile, roleArn: role, durationSeconds, idToken, sessionName: name, signal };
  return await deps.assumeRole(sessionPolicy === undefined ? input : { ...input, sessionPolicy });
}
