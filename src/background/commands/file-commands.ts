import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { asOwner, ownerFor } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, "files.list" | "files.upload" | "files.save" | "files.delete" | "files.undelete">;

export function fileCommands(services: Services): Commands {
  const { recent, transfers } = services;
  return {
    "files.list": ({ profile, ...input }) => asOwner(services, profile, ({ files }) => files.list(input)),
    "files.upload": async ({ profile, size, ...input }) => {
      if (size !== undefined && size !== input.file.size) {
        throw new HoldallError("file-unreadable", { subs: [input.path] });
      }
      const owner = await ownerFor(services, profile);
      const { id } = await transfers.upload({ ...input, owner });
      return { transferId: id };
    },
    "files.save": async ({ profile, ...input }) => {
      const owner = await ownerFor(services, profile);
      const { id } = await transfers.save({ ...input, owner });
      return { transferId: id };
    },
    "files.delete": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ files }, owner) => {
        const answer = await files.delete(input);
        await recent.fileGone(owner, input.path, answer.deleteMarker);
        return answer;
      }),
    "files.undelete": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ files }, owner) => {
        await files.undelete(input);
        await recent.fileBack(owner, input.deleteMarker);
        return null;
      }),
  };
}
