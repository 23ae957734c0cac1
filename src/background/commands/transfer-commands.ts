import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `transfers.${string}`>>;

export function transferCommands({ transfers, captures, sendOnce: setting }: Services): Commands {
  return {
    "transfers.list": ({ cursor, limit }) => transfers.list(cursor === undefined ? { limit } : { cursor, limit }),
    "transfers.cancel": ({ which }) => done(transfers.cancel(which)),
    "transfers.pause": ({ which }) => done(transfers.pause(which)),
    "transfers.unpause": ({ which }) => done(transfers.unpause(which)),
    "transfers.retry": async ({ which, ifExists }) => {
      await transfers.retry(which, ifExists);
      // A transfer may carry a capture, whose index item follows it.
      captures.resume().catch((error) => log.warn("captures", error));
      return null;
    },
    "transfers.dismiss": ({ which }) => done(transfers.dismiss(which)),
    "transfers.move": ({ ids, before }) => done(transfers.move(ids, before)),
    "transfers.provide": async ({ id, file, size }) => {
      if (file.size !== size) throw new HoldallError("file-unreadable", { subs: [""] });
      return await done(transfers.provide(id, file));
    },
    "transfers.cleanUp": () => transfers.cleanUp(),
    "transfers.settings": async () => ({ sendOnce: await setting.read() }),
    "transfers.configure": ({ sendOnce }) => done(setting.write(sendOnce)),
  };
}

/** Answers are data: `undefined` would not cross. */
async function done(work: Promise<void>): Promise<null> {
  await work;
  return null;
}
