/** The composition root: makes every service and gives each what it needs of the others. Nothing here sends or reads. */

import { createSessions } from "../auth/create-sessions.ts";
import type { Sessions } from "../auth/sessions.ts";
import type { Storage } from "../aws/create-storage.ts";
import { objectKey } from "../aws/keys.ts";
import type { CaptureService } from "../captures/captures.ts";
import type { TransfersView, View } from "../messaging/view.ts";
import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { freeSpace } from "../platform/disk-space.ts";
import { findDownload, finishDownload, startDownload } from "../platform/downloads.ts";
import { redirectUrl, runSignInWindow } from "../platform/identity.ts";
import { touch } from "../platform/lifecycle.ts";
import { managedValues } from "../platform/managed-storage.ts";
import { localArea, sessionArea } from "../platform/storage.ts";
import { createProfiles, type Profiles } from "../profiles/create-profiles.ts";
import { reachOf } from "../profiles/reach-of.ts";
import { log } from "../shared/log.ts";
import { createTransfers } from "../transfers/create-transfers.ts";
import type { HostLink } from "../transfers/host/host-link.ts";
import { createJournal } from "../transfers/journal/create-journal.ts";
import type { Journal } from "../transfers/journal/journal.ts";
import type { TransferRuns } from "../transfers/transfer-runs.ts";
import type { TransferDeps, Transfers } from "../transfers/transfers.ts";
import { type Activity, createActivity } from "./activity/activity.ts";
import { alarms } from "./alarm-names.ts";
import { createBadge, type ToolbarBadge } from "./badge.ts";
import { createLateCaptures } from "./captures/late-captures.ts";
import { createLateChecks, type LateChecks } from "./checks/late-checks.ts";
import type { NetworkPart } from "./network-part.ts";
import { type Owner, ownerOf, sameOwner } from "./owner.ts";
import type { BrowserParts } from "./parts.ts";
import { checkHosts, checkUrls } from "./reach.ts";
import { createRecent, type Recent } from "./recent.ts";
import { createLateSites, type LateSites } from "./sites/late-sites.ts";
import { createStorages, type Storages } from "./storages.ts";
import { createSendOnce, type SendOnce } from "./transfer-settings.ts";
import { createViewStore, type ViewStore } from "./view-store.ts";

export interface Services {
  /** What sends requests; asked for when a request is about to go out, never at wake-up. */
  network(): NetworkPart;
  /** What every request goes through, and is noted by. */
  activity: Activity;
  view: ViewStore;
  profiles: Profiles;
  sessions: Sessions;
  storages: Storages<Storage>;
  recent: Recent;
  transfers: Transfers;
  /** Moves bytes: see src/transfers/host/host-link.ts. */
  host: HostLink;
  /** Of the transfers. */
  journal: Journal;
  captures: CaptureService;
  /** The doctor and the isolation proof. */
  checks: LateChecks;
  sites: LateSites;
  sendOnce: SendOnce;
  badge: ToolbarBadge;
  /** Who is shown; null when nobody is signed in to the active profile. */
  owner(): Promise<Owner | null>;
}

const now = () => Date.now();
const online = () => navigator.onLine;

/**
 * @param pages what is known of the open pages: `push` sends them a view
 */
export function createServices(parts: BrowserParts, pages: { push(view: View): void; followers(): number }): Services {
  const view = createViewStore({ area: sessionArea, push: pages.push });
  const profiles = createProfiles({
    area: localArea,
    managed: managedValues,
    rules: async () => (await parts.profiles()).rules,
  });
  const activity = createActivity(parts.activity, sessionArea);
  const journal = createJournal();
  const sendOnce = createSendOnce(localArea);

  const owner = async (): Promise<Owner | null> => {
    const { activeProfile } = view.current();
    const identity = activeProfile === null ? null : await sessions.identity(activeProfile);
    return activeProfile === null || identity === null ? null : { profile: activeProfile, identity: identity.id };
  };

  const sessions = createSessions({
    profile: profiles.get,
    async reachable(profile, urls) {
      await checkHosts(reachOf(profile));
      await checkUrls(urls);
    },
    provider: () => parts.network().providerFlow,
    assumeRole: async (input) => await parts.network().assumeRole({ ...input, fetch: activity.fetch("sts") }),
    poolCredentials: async (input) =>
      await (await parts.access()).poolCredentials({ ...input, fetch: activity.fetch("cognito-identity") }),
    readDirectory: async (directory, accessToken, signal) => {
      const { readDirectory } = await parts.access();
      return await readDirectory(directory, accessToken, { fetch: activity.fetch("directory"), online }, signal);
    },
    profiles: async () => (await profiles.list()).map(({ id }) => id),
    launch: (url, interactive) =>
      activity.window(url, () => whileTouching(() => runSignInWindow(url, interactive, parts.silentWindow))),
    redirectUrl: redirectUrl(),
    store: sessionArea,
    notes: localArea,
    fetch: activity.fetch("issuer"),
    now,
    online,
    sleep,
    // Chromium ends a worker whose request is not answered in 30 s.
    timeout: 8000,
    needed: (profile) => transfers.busy(profile) || (pages.followers() > 0 && view.current().activeProfile === profile),
    alarm: (profile, at) => (at === null ? clearAlarm(alarms.renewal(profile)) : setAlarm(alarms.renewal(profile), at)),
  });

  const storages = createStorages<Storage>({
    // Without a storage nothing was signed, and the SDK need not be loaded to forget.
    forgetKeys: () => parts.loadedNetwork()?.forgetSigningKeys(),
    create: ({ id, ...input }) =>
      activity.signedFor(id, parts.network().createStorage({ ...input, fetch: activity.fetch("other", id) })),
    profile: profiles.get,
    credentials: sessions.credentials,
    identity: async (profile) => (await sessions.identity(profile))?.id ?? null,
  });

  const recent = createRecent({
    view,
    owner,
    shown: () => ownerOf(view.current()),
    now,
    files: async (one) => (await (await storages.of(one)).files.list({ prefix: "", flat: true })).files,
    items: async (one) => (await (await storages.of(one)).items.list({ descending: true, limit: 50 })).items,
    // Before their script runs, no page listens.
    wrote: (one, what) =>
      void sites
        .loaded()
        ?.personWrote(one, what)
        .catch((error) => log.warn("sites", error)),
  });

  const runs: TransferRuns = {
    upload: async (run) => await parts.network().transferRuns.upload(run),
    download: async (run) => await parts.network().transferRuns.download(run),
    archive: async (run) => await parts.network().transferRuns.archive(run),
    abort: async (...upload) => await parts.network().transferRuns.abort(...upload),
  };
  const host = activity.host(parts.createHost(journal));
  const transferDeps: TransferDeps = {
    storage: async (one) => (await storages.of(one)).files,
    identity: async (profile) => (await sessions.identity(profile))?.id ?? null,
    renew: (profile) => sessions.credentials(profile, true),
    owner,
    checkPath: objectKey,
    checkReach: (url) => checkUrls([url]),
    sendOnce: sendOnce.read,
    room: freeSpace,
    host,
    journal,
    downloads: { start: startDownload, find: findDownload, finish: finishDownload },
    stored: (one, row) => void recent.fileStored(one, row),
    changed: showTransfers,
    now,
    random: Math.random,
    online,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  const transfers = createTransfers(transferDeps, runs);

  const badge = createBadge();
  function showTransfers(shown: TransfersView, whose?: Owner | null): void {
    // The view may have moved on to somebody else, whose transfers come next.
    if (whose === undefined || sameOwner(whose, ownerOf(view.current()))) {
      view.update({ transfers: shown });
      badge.transfers(shown);
    }
    captures.uploadsChanged();
    // Whatever ends the background meanwhile: the alarm wakes it to go on.
    if (transfers.busy()) setAlarm(alarms.transfers, now() + 60_000);
    else clearAlarm(alarms.transfers);
  }

  const services = {
    network: parts.network,
    activity,
    view,
    profiles,
    sessions,
    storages,
    recent,
    transfers,
    owner,
    sendOnce,
    host,
    journal,
    badge,
  };
  const captures = createLateCaptures(async () => (await parts.captures()).connectCaptures(services));
  const checks = createLateChecks(view, async () => (await parts.checks()).connectChecks(services));
  const sites = createLateSites(async () => (await parts.sites()).connectSites(services));
  return { ...services, captures, checks, sites };
}

/** A person may take minutes at the window: Firefox would end the event page that waits for it. */
async function whileTouching<T>(work: () => Promise<T>): Promise<T> {
  const touching = setInterval(touch, 10_000);
  try {
    return await work();
  } finally {
    clearInterval(touching);
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
