/** What every request of the extension goes through, and is noted by. */
import type { Storage } from "../../aws/create-storage.ts";
import type { ActivityService } from "../../shared/activity.ts";
import type { HostLink, SignedRequest } from "../../transfers/host/host-link.ts";
import { reachingFetch } from "../reach.ts";
import type { Area } from "./activity-log.ts";
import type { ActivityPart } from "./activity-part.ts";
import { recordFetch, recordWindow } from "./record-fetch.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { watchHost } from "./watch-host.ts";

export interface Activity extends Recorder {
  /** `fetch` within the extension's permissions. `meant`: what a request is that does not tell by itself. */
  fetch(meant: ActivityService, profile?: string | null): typeof fetch;
  window<Outcome extends { kind: string }>(url: string, open: () => Promise<Outcome>): Promise<Outcome>;
  host(host: HostLink): HostLink;
  /** The requests that it signs belong to this profile. */
  signedFor(profile: string, storage: Storage): Storage;
}

export function createActivity(load: () => Promise<ActivityPart>, area: Area): Activity {
  const activity = createRecorder(load, area);
  const profiles = new WeakMap<SignedRequest, string>();
  return {
    ...activity,
    fetch: (meant, profile = null) => recordFetch(activity, reachingFetch, meant, profile),
    window: (url, open) => recordWindow(activity, url, open),
    host: (host) => watchHost(host, activity, (request) => profiles.get(request) ?? null),
    signedFor(profile, storage) {
      const files = storage.files as unknown as Record<string, (input: unknown) => Promise<SignedRequest>>;
      for (const [name, sign] of Object.entries(files)) {
        if (!name.startsWith("sign")) continue;
        files[name] = async (input) => {
          const request = await sign(input);
          profiles.set(request, profile);
          return request;
        };
      }
      return storage;
    },
  };
}
