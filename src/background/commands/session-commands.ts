import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Services } from "../services.ts";
import { wipeTraces } from "../wipe-traces.ts";

export function sessionCommands(services: Services): Pick<Handlers, "session.signIn" | "session.signOut"> {
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
  };
}
