/** Everything that wakes the background, in one list. Listeners first: what is added later misses the event that woke it. */
import { type Handlers, serve } from "../messaging/server.ts";
import { serveView } from "../messaging/view-port.ts";
import { clearAlarm, onAlarm, setAlarm } from "../platform/alarms.ts";
import { keepStorage } from "../platform/disk-space.ts";
import { onInstalled, onStartup } from "../platform/lifecycle.ts";
import { onManagedChanged } from "../platform/managed-storage.ts";
import { onHostsAdded, onHostsRemoved } from "../platform/permissions.ts";
import { localArea } from "../platform/storage.ts";
import { onWindowClosed } from "../platform/windows.ts";
import { log } from "../shared/log.ts";
import { once } from "../shared/once.ts";
import { alarms, renewalProfile } from "./alarm-names.ts";
import { createAutoLock } from "./auto-lock.ts";
import { installMenus } from "./captures/capture-menus.ts";
import { serveCaptures } from "./captures/serve-captures.ts";
import { activityCommands } from "./commands/activity-commands.ts";
import { captureCommands } from "./commands/capture-commands.ts";
import { checkCommands } from "./commands/check-commands.ts";
import { fileCommands } from "./commands/file-commands.ts";
import { itemCommands } from "./commands/item-commands.ts";
import { profileCommands } from "./commands/profile-commands.ts";
import { sessionCommands } from "./commands/session-commands.ts";
import { siteCommands } from "./commands/site-commands.ts";
import { transferCommands } from "./commands/transfer-commands.ts";
import { viewCommands } from "./commands/view-commands.ts";
import { packagedProfiles } from "./packaged-profiles.ts";
import type { BrowserParts } from "./parts.ts";
import { createServices } from "./services.ts";
import { createShow } from "./show.ts";
import { serveSites } from "./sites/late-sites.ts";

export function startBackground(parts: BrowserParts): void {
  const pages = serveView(async () => {
    await ready();
    return services.view.current();
  });
  const services = createServices(parts, pages);
  const show = createShow(services);
  const { view, profiles, sessions, transfers, captures, checks, sites } = services;
  const desk = once(async () => (await parts.profiles()).connectProfiles(services, show));
  const autoLock = createAutoLock({
    area: localArea,
    managed: async () => (await profiles.policy()).lock,
    // The view of the last life must not come after what the lock shows. Without it, locking goes first.
    lock: async () => {
      await ready().catch(() => undefined);
      await sessions.lock();
    },
    alarm: (at) => (at === null ? clearAlarm(alarms.lock) : setAlarm(alarms.lock, at)),
  });

  /** Resolves when there is a view, the last life's if there was one. */
  const ready = once(async () => {
    await view.load();
    checks.settle();
    // The last life's view is good enough to begin with; profiles, session and journal are compared with it meanwhile.
    if (view.current().revision === 0) await compare();
    else compare().catch((error) => log.warn("start", error));
  });

  async function compare(): Promise<void> {
    // The browser forgets the interval with the background, or keeps it: it does not say.
    autoLock.apply().catch((error) => log.warn("lock", error));
    await show();
    const { activeProfile, session, transfers: shown, captures: captured } = view.current();
    if (shown.totals.active + shown.totals.waiting + captured.pending.length > 0) void resume();
    const interrupted = session.state === "signed-out" && session.error?.code === "sign-in-interrupted";
    if (activeProfile !== null && interrupted) void sessions.signInSilently(activeProfile);
  }

  /** After the browser or the extension started anew, when memory is empty. */
  async function begin(): Promise<void> {
    await installMenus();
    // The browser forgets registered scripts with an update, and cuts off those that run.
    (await sites.desk()).consent.register(true).catch((error) => log.warn("sites", error));
    await keepStorage().catch((error) => log.warn("storage is not kept", error));
    await (await desk()).installPackaged(await packagedProfiles());
    await followPolicy();
    const { activeProfile } = view.current();
    if (activeProfile !== null) await sessions.signInSilently(activeProfile);
    await resume();
  }

  /** The policy may have changed: who was signed in to a profile that it names no more is signed out, and all is shown anew. */
  async function followPolicy(): Promise<void> {
    await profiles.policyChanged(sessions.signOut);
    await show();
    await autoLock.apply().catch((error) => log.warn("lock", error));
  }

  async function resume(): Promise<void> {
    await transfers.resume().catch((error) => log.warn("transfers", error));
    await captures.resume().catch((error) => log.warn("captures", error));
    // The next change sets it earlier; what waits for the person changes nothing by itself.
    if (transfers.busy()) setAlarm(alarms.transfers, Date.now() + 300_000);
  }

  const run = (what: string, task: () => Promise<unknown>) => {
    ready()
      .then(task)
      .catch((error) => log.warn(what, error));
  };

  serve(
    gated(ready, {
      ...viewCommands(services),
      ...sessionCommands(services, autoLock),
      ...profileCommands(services, show, desk),
      ...itemCommands(services),
      ...fileCommands(services),
      ...captureCommands(services),
      ...checkCommands(services),
      ...transferCommands(services),
      ...activityCommands(services),
      ...siteCommands(services),
    }),
  );
  serveCaptures(captures, ready, parts.notificationButtons);
  serveSites(async () => {
    await ready();
    return await sites.desk();
  });
  onWindowClosed((window) => run("consent", async () => (await sites.desk()).consent.windowClosed(window)));
  onManagedChanged(() => run("policy", followPolicy));
  onInstalled(() => run("after installation", begin));
  onStartup(() => run("at startup", begin));
  onAlarm((name) => {
    const profile = renewalProfile(name);
    if (profile !== null) run("renewal", () => sessions.renewIfNeeded(profile));
    if (name === alarms.sites) run("sites", async () => (await sites.desk()).expire());
    if (name === alarms.lock) run("lock", autoLock.alarmRang);
    if (name === alarms.transfers || name === alarms.captures) run("transfers", resume);
  });
  onHostsAdded(() =>
    run("hosts allowed", async () => {
      await resume();
      await captures.hostsAdded();
      await (await sites.desk()).consent.hostsAdded();
    }),
  );
  onHostsRemoved(() => run("hosts taken away", async () => (await sites.desk()).hostsRemoved()));
  addEventListener("online", () => run("back online", resume));
  run("start", ready);
}

/** Each handler waits until the background knows what it showed before. */
function gated(ready: () => Promise<void>, handlers: Handlers): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (...input: Parameters<typeof handler>) => {
      await ready();
      return await (handler as (...all: unknown[]) => Promise<unknown>)(...input);
    },
  ]);
  return Object.fromEntries(entries) as Handlers;
}
