import type { Handlers } from "../../messaging/server.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { toWireError } from "../../shared/result.ts";
import { asOwner, ownerFor } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `files.${string}`>>;

export function fileCommands(services: Services): Commands {
  const { network, recent, transfers } = services;
  return {
    "files.list": ({ profile, ...input }) => asOwner(services, profile, ({ files }) => files.list(input)),
    "files.upload": async ({ profile, files, ifExists }) => {
      const owner = await ownerFor(services, profile);
      // A file that vanished on its way arrives as an empty one.
      const arrived = files.map(({ file, size }, index) => ({ index, whole: file.size === size }));
      const taken = arrived.filter(({ whole }) => whole).map(({ index }) => index);
      const inputs = taken.flatMap((index) => files[index] ?? []).map(({ file, path }) => ({ file, path, ifExists }));
      const { ids, refused } = await transfers.uploadAll(inputs, owner);
      const unreadable = arrived
        .filter(({ whole }) => !whole)
        .map(({ index }) => ({
          index,
          error: new HoldallError("file-unreadable", { subs: [files[index]?.path ?? ""] }),
        }));
      const others = refused.map(({ index, error }) => ({ index: taken[index] ?? index, error }));
      return {
        ids,
        refused: [...unreadable, ...others].map(({ index, error }) => ({ index, error: toWireError(error) })),
      };
    },
    "files.save": async ({ profile, ...input }) => {
      const owner = await ownerFor(services, profile);
      const { id } = await transfers.save({ ...input, owner });
      return { transferId: id };
    },
    "files.saveArchive": ({ profile, prefix, paths }) =>
      asOwner(services, profile, async ({ files }, owner) => {
        const { name, entries } = await network().archiveEntries(files, { prefix, paths });
        const { id } = await transfers.saveArchive({ path: prefix, name, entries, owner });
        return { transferId: id };
      }),
    "files.delete": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ files }, owner) => {
        const answer = await files.delete(input);
        await recent.fileGone(owner, input.path, answer.deleteMarker);
        return answer;
      }),
    "files.keepsVersions": ({ profile, path }) =>
      asOwner(services, profile, async ({ files }) => {
        const { versionId } = await files.head(path);
        // Stored before the bucket kept versions, or since it no longer does.
        return versionId === "null" ? null : versionId !== null;
      }),
    "files.undelete": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ files }, owner) => {
        await files.undelete(input);
        await recent.fileBack(owner, input.path, input.deleteMarker);
        return null;
      }),
  };
}
