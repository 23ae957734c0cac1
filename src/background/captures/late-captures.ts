/** The captures' service behind a script that runs when the first of them is asked for: most wakings need none of it. */
import type { CaptureService } from "../../captures/captures.ts";
import { once } from "../../shared/once.ts";

/** Every call but those loads the service first. */
type Later = Exclude<keyof CaptureService, "uploadsChanged">;

/** @param load what runs the script, and makes the service */
export function createLateCaptures(load: () => Promise<CaptureService>): CaptureService {
  let service: CaptureService | null = null;
  const get = once(async () => {
    service = await load();
    return service;
  });

  function later<Name extends Later>(name: Name): CaptureService[Name] {
    const call = async (...input: unknown[]) => {
      const made = (await get()) as unknown as Record<string, (...all: unknown[]) => unknown>;
      return await made[name]?.(...input);
    };
    return call as CaptureService[Name];
  }

  return {
    uploadsChanged: () => service?.uploadsChanged(),
    ...{
      take: later("take"),
      settled: later("settled"),
      outcome: later("outcome"),
      list: later("list"),
      facets: later("facets"),
    },
    ...{ here: later("here"), get: later("get"), refresh: later("refresh"), annotate: later("annotate") },
    ...{ move: later("move"), remove: later("remove"), restore: later("restore"), thumbnail: later("thumbnail") },
    ...{ read: later("read"), discard: later("discard"), retry: later("retry"), saveLink: later("saveLink") },
    ...{ claim: later("claim"), settings: later("settings"), configure: later("configure") },
    ...{
      publish: later("publish"),
      hostsAdded: later("hostsAdded"),
      resume: later("resume"),
      signedIn: later("signedIn"),
    },
    ...{ signedOut: later("signedOut"), forget: later("forget") },
  };
}
