import { HoldallError } from "../shared/holdall-error.ts";
import { toWireError } from "../shared/result.ts";
import { isRefusal } from "./admit.ts";
import { renewSession } from "./renew-session.ts";
import { countRoles, findRole, rememberedKey } from "./roles.ts";
import { formerKey, type Session } from "./session.ts";
import type { SessionContext } from "./session-context.ts";

/**
 * Gets credentials of another role for who has signed in at the provider. The ID token is exchanged once more while it
 * lasts; else tokens are got as for a renewal.
 * @throws HoldallError `signed-out`, `role-unknown`, `trust-refused`, and those of `renew`
 */
export async function chooseRole(session: Session, arn: string, context: SessionContext): Promise<void> {
  // One user of the refresh token at a time: several may have waited for the same renewal.
  while (session.renewal !== null) await session.renewal.catch(() => undefined);
  const { record, generation } = session;
  if (record === null || session.state.name === "signing-in") throw new HoldallError("signed-out");
  const role = findRole(record.applications, arn);
  if (role === null) throw new HoldallError("role-unknown", { subs: [arn] });
  // The same ID token is good for every role.
  const changing = renewSession(session, record, { role: arn, expired: true }, context);
  const renewal = changing
    .catch(() => session.record ?? record)
    .finally(() => {
      if (session.renewal === renewal) session.renewal = null;
    });
  // Callers whose credentials are over wait for this; when it fails they have what was there before.
  session.renewal = renewal;
  try {
    const { identity, credentials } = await changing;
    session.check(generation);
    if (identity === null || credentials === null) throw new HoldallError("session-ended");
    const { expiresAt } = credentials;
    const type = session.state.name === "choosing-role" ? "sign-in-succeeded" : "role-changed";
    session.apply({ type, generation, identity, expiresAt, warning: null });
    context.setAlarm(session);
    const { deps } = context;
    await Promise.all([
      deps.notes.set(rememberedKey(session.profileId), arn),
      deps.store.remove(formerKey(session.profileId)),
    ]);
  } catch (error) {
    session.check(generation);
    const code = error instanceof HoldallError ? error.code : null;
    // Where nobody is signed in yet, tokens that are over leave nothing to choose with.
    if (code === "identity-changed" || (code === "session-ended" && session.state.name === "choosing-role")) {
      await session.wipe(toWireError(error));
    } else if (session.state.name === "choosing-role" && isRefusal(error)) {
      const { name, arn: refused } = role;
      const roles = countRoles(record.applications);
      const told = toWireError(error);
      session.apply({
        ...{ type: "role-needed", generation, person: record.name, roles },
        ...{ refused: { arn: refused, name }, error: told },
      });
    }
    throw error;
  }
}
