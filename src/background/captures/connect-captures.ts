import type { CaptureOwner, CaptureService } from "../../captures/captures.ts";
import { createCaptureService } from "../../captures/create-capture-service.ts";
import { createCaptureJournal } from "../../captures/journal/capture-journal.ts";
import { createMirror } from "../../captures/mirror/create-mirror.ts";
import type { CaptureServiceDeps } from "../../captures/service-deps.ts";
import { drawThumbnail } from "../../captures/thumbnail.ts";
import { clearAlarm, setAlarm } from "../../platform/alarms.ts";
import { alarms } from "../alarm-names.ts";
import type { Services } from "../services.ts";
import { captureStore } from "./capture-store.ts";
import { connectTake } from "./connect-take.ts";
import { whilePresent } from "./while-present.ts";

/** Captures, with what they need of the other services. */
export function connectCaptures(services: Omit<Services, "captures" | "checks" | "sites">): CaptureService {
  const { activity, host, profiles, recent, sessions, storages, transfers, view } = services;
  const identity = async (profile: string) => (await sessions.identity(profile))?.id ?? null;

  async function store(owner: CaptureOwner) {
    const made = captureStore(await storages.of(owner), host, activity.fetch("other", owner.profile));
    return {
      ...made,
      putItem: async (...item: Parameters<typeof made.putItem>) => {
        await made.putItem(...item);
        await recent.itemStored(owner, { sortKey: item[0], attributes: item[1] });
      },
      deleteItem: async (item: Parameters<typeof made.deleteItem>[0]) => {
        await made.deleteItem(item);
        await recent.itemGone(owner, item.sortKey);
      },
      delete: async (file: Parameters<typeof made.delete>[0]) => {
        const gone = await made.delete(file);
        await recent.fileGone(owner, file.path, gone.deleteMarker);
        return gone;
      },
    };
  }

  const deps: CaptureServiceDeps = {
    shown: async () => {
      const { activeProfile: profile } = view.current();
      return { profile, identity: profile === null ? null : await identity(profile) };
    },
    identity,
    async canSend({ profile }) {
      const { state } = await sessions.state(profile);
      return navigator.onLine && (state === "signed-in" || state === "renewing");
    },
    online: () => navigator.onLine,
    take: connectTake({ activity, host, profiles }),
    uploads: transfers,
    store,
    thumbnail: drawThumbnail,
    mirror: whilePresent(
      createMirror({
        query: async (owner, input) => await (await storages.of(owner)).items.list(input),
        now: () => Date.now(),
      }),
      identity,
    ),
    journal: createCaptureJournal(),
    changed: (captures, nextTry) => {
      view.update({ captures });
      // Whatever ends the background meanwhile: the alarm wakes it to go on.
      if (nextTry === null) clearAlarm(alarms.captures);
      else setAlarm(alarms.captures, nextTry);
    },
    now: () => Date.now(),
  };
  return createCaptureService(deps);
}
