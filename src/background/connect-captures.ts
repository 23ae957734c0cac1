import { createCaptureJournal } from "../captures/capture-journal.ts";
import type { CaptureDeps, CaptureService, Captures } from "../captures/captures.ts";
import { createCaptures } from "../captures/create-captures.ts";
import { touch } from "../platform/lifecycle.ts";
import { holdsHosts } from "../platform/permissions.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Services } from "./services.ts";

/** Captures, with what they need of the other services. */
export function connectCaptures(services: Omit<Services, "captures">): Captures & CaptureService {
  const { network, owner, profiles, recent, sessions, storages, transfers } = services;
  const deps: CaptureDeps = {
    owner,
    identity: async (profile) => (await sessions.identity(profile))?.id ?? null,
    async ownHosts(id) {
      const { issuer, endpoints } = await profiles.get(id);
      return [issuer, ...Object.values(endpoints)].map((url) => new URL(url).host);
    },
    holdsHost: (pattern) => holdsHosts([pattern]),
    upload: transfers.upload,
    uploaded: transfers.settled,
    transferKnown: transfers.known,
    async stored(one, path) {
      const { files } = await storages.of(one);
      return await files.head(path).then(
        () => true,
        (error: unknown) => {
          if (error instanceof HoldallError && error.code === "file-missing") return false;
          throw error;
        },
      );
    },
    async putIndexItem(one, sortKey, attributes) {
      const { items } = await storages.of(one);
      await items.putIndexItem(sortKey, attributes);
      await recent.itemStored(one, { sortKey, attributes });
    },
    journal: createCaptureJournal(),
    fetch: (...request) => fetch(...request),
    touch,
    now: () => Date.now(),
  };
  const made: unknown = createCaptures(deps, async (...image) => await network().takeImage(...image));
  return made as Captures & CaptureService;
}
