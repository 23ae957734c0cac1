import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Services } from "../services.ts";
import { wipeTraces } from "../wipe-traces.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `session.${string}`>>;

export function sessionCommands(services: Services): Commands {
  const { sessions, view } = services;
  const checkActive = (profile: string) => {
    if (view.current().activeProfile !== profile) throw new HoldallError("profile-not-active");
  };
  return {
    "session.signIn": async ({ profile }) => {
      checkActive(profile);
      const before = await sessions.identity(profile);
      await sessions.signIn(profile);
      const after = await sessions.identity(profile);
      if (before !== null && before.id !== after?.id) await wipeTraces(services, profile, after?.id);
      return null;
    },
    "session.signOut": async ({ profile }) => {
      checkActive(profile);
      await sessions.signOut(profile);
      return null;
    },
    // Under construction: see session-protocol.ts.
    "session.signOutAll": refuse,
    "session.lock": refuse,
    "session.roles": refuse,
    "session.chooseRole": refuse,
    "session.lockSettings": refuse,
    "session.configureLock": refuse,
  };
}

async function refuse(): Promise<never> {
  throw new HoldallError("message-refused");
}
