import type { Handlers } from "../../messaging/server.ts";
import { ownerFor } from "../as-owner.ts";
import type { Services } from "../services.ts";

export function viewCommands(services: Services): Pick<Handlers, "view.get" | "recent.refresh"> {
  return {
    "view.get": async () => services.view.current(),
    "recent.refresh": async ({ profile }) => {
      await services.recent.load(await ownerFor(services, profile));
      return null;
    },
  };
}
