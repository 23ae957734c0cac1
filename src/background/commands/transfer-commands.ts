import type { Handlers } from "../../messaging/server.ts";
import { log } from "../../shared/log.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, "transfers.cancel" | "transfers.retry" | "transfers.dismiss">;

export function transferCommands({ transfers, captures }: Services): Commands {
  return {
    "transfers.cancel": async ({ id }) => {
      await transfers.cancel(id);
      return null;
    },
    "transfers.retry": async ({ id, ifExists }) => {
      await transfers.retry(id, ifExists);
      // The transfer may carry a capture, whose index item follows it.
      captures.resume().catch((error) => log.warn("captures", error));
      return null;
    },
    "transfers.dismiss": async ({ id }) => {
      await transfers.dismiss(id);
      return null;
    },
  };
}
