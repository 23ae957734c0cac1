import type { Handlers } from "../../messaging/server.ts";
import { ownerOrNobody } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `checks.${string}`>>;

export function checkCommands(services: Services): Commands {
  const { checks } = services;
  return {
    "checks.start": async ({ profile, kind }) => {
      await ownerOrNobody(services, profile);
      await checks.start(kind, profile);
      return null;
    },
    "checks.cancel": async ({ kind }) => {
      checks.cancel(kind);
      return null;
    },
  };
}
