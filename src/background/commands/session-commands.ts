import type { Handlers } from "../../messaging/server.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { checkHosts } from "../reach.ts";
import type { Services } from "../services.ts";
import { wipeTraces } from "../wipe-traces.ts";

export function sessionCommands(services: Services): Pick<Handlers, "session.signIn" | "session.signOut"> {
  const { sessions, profiles, view } = services;
  const checkActive = (profile: string) => {
    if (view.current().activeProfile !== profile) throw new HoldallError("profile-not-active");
  };
  return {
    "session.signIn": async ({ profile }) => {
      checkActive(profile);
      await checkHosts(reachOf(await profiles.get(profile)));
      const before = await sessions.identity(profile);
      await sessions.signIn(profile);
      const after = await sessions.identity(profile);
      if (before !== null && before.id !== after?.id) await wipeTraces(services, profile);
      return null;
    },
    "session.signOut": async ({ profile }) => {
      checkActive(profile);
      await sessions.signOut(profile);
      return null;
    },
  };
}
