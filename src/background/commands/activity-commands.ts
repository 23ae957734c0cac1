import type { Handlers } from "../../messaging/server.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `activity.${string}`>>;

export function activityCommands({ activity }: Services): Commands {
  return {
    "activity.list": ({ after = 0 }) => activity.list(after),
    "activity.clear": async () => {
      await activity.clear();
      return null;
    },
  };
}
