import type { Handlers } from "../../messaging/server.ts";
import { log } from "../../shared/log.ts";
import type { LateProfileCommands, ProfileDesk } from "../profiles/connect-profiles.ts";
import type { Services } from "../services.ts";
import { forgetSites } from "./site-commands.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `profiles.${string}`>>;

/**
 * @param show brings the view in line with the profiles
 * @param desk runs the script that the other commands are in
 */
export function profileCommands(
  services: Services,
  show: () => Promise<void>,
  desk: () => Promise<ProfileDesk>,
): Commands {
  const { profiles, sessions, transfers, captures } = services;

  function late<Name extends keyof LateProfileCommands>(name: Name): LateProfileCommands[Name] {
    const run = async (...input: Parameters<LateProfileCommands[Name]>) => {
      const handler = (await desk()).commands[name] as (...all: typeof input) => Promise<unknown>;
      return await handler(...input);
    };
    return run as unknown as LateProfileCommands[Name];
  }

  return {
    "profiles.preview": late("profiles.preview"),
    "profiles.fetch": late("profiles.fetch"),
    "profiles.discover": late("profiles.discover"),
    "profiles.import": late("profiles.import"),
    "profiles.edit": late("profiles.edit"),
    "profiles.export": late("profiles.export"),
    "profiles.waiting": late("profiles.waiting"),
    "profiles.policy": late("profiles.policy"),
    "profiles.select": async ({ id }) => {
      await profiles.select(id);
      await show();
      return null;
    },
    "profiles.remove": async ({ id }) => {
      await profiles.remove(id, sessions.signOut);
      await Promise.all([transfers.forget({ profile: id }), captures.forget({ profile: id })]);
      await forgetSites(services, id).catch((error) => log.warn("sites", error));
      await show();
      return null;
    },
  };
}
