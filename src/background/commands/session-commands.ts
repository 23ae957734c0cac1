import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { AutoLock } from "../auto-lock.ts";
import type { Services } from "../services.ts";
import { wipeTraces } from "../wipe-traces.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `session.${string}`>>;

export function sessionCommands(services: Services, autoLock: AutoLock): Commands {
  const { sessions, profiles, view } = services;
  const checkActive = (profile: string) => {
    if (view.current().activeProfile !== profile) throw new HoldallError("profile-not-active");
  };

  /** Does something after which somebody else may be signed in: then the traces of who was there go. */
  async function mayChangePerson(profile: string, work: () => Promise<void>): Promise<null> {
    checkActive(profile);
    const before = (await sessions.identity(profile))?.id ?? (await sessions.former(profile));
    await work();
    const after = (await sessions.identity(profile))?.id ?? null;
    // Nobody yet: a role is still to be chosen.
    if (before !== null && after !== null && before !== after) await wipeTraces(services, profile, after);
    return null;
  }

  return {
    "session.signIn": ({ profile, another }) => mayChangePerson(profile, () => sessions.signIn(profile, another)),
    "session.chooseRole": ({ profile, role }) => mayChangePerson(profile, () => sessions.chooseRole(profile, role)),
    "session.roles": async ({ profile }) => {
      checkActive(profile);
      return await sessions.roles(profile);
    },
    "session.signOut": async ({ profile }) => {
      checkActive(profile);
      await sessions.signOut(profile);
      return null;
    },
    "session.signOutAll": async () => {
      const kept = await profiles.list();
      await Promise.all(kept.map(({ id }) => sessions.signOut(id)));
      return null;
    },
    "session.lock": async () => {
      await sessions.lock();
      return null;
    },
    "session.lockSettings": () => autoLock.settings(),
    "session.configureLock": async (choice) => {
      await autoLock.configure(choice);
      return null;
    },
  };
}
