/** The whole background in Node: a browser in memory around it, the local AWS under it, a person at the window. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import { redirectUrls } from "../../../build/manifest.mjs";
import { PROJECT_ROOT } from "../../../local/config.ts";
import type { LocalAwsInfo } from "../../../local/info.ts";
import { startLocalAws } from "../../../local/start-local-aws.ts";
import { accessPart } from "../../../src/background/access/access-part.ts";
import { activityPart } from "../../../src/background/activity/activity-part.ts";
import { capturePart } from "../../../src/background/captures/capture-part.ts";
import { checkPart } from "../../../src/background/checks/check-part.ts";
import { networkPart } from "../../../src/background/network-part.ts";
import { profilePart } from "../../../src/background/profiles/profile-part.ts";
import { sitePart } from "../../../src/background/sites/site-part.ts";
import { startBackground } from "../../../src/background/start-background.ts";
import type { CommandName, Input, Output } from "../../../src/messaging/protocol.ts";
import type { View } from "../../../src/messaging/view.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import { fromWireError } from "../../../src/shared/result.ts";
import { createHeartbeat } from "../../../src/transfer-host/heartbeat.ts";
import { createHost } from "../../../src/transfer-host/host.ts";
import { createFakeBrowser, type FakeBrowser, sender } from "../../platform/fake-browser.ts";
import { sendByFetch } from "../../transfers/support/send-by-fetch.ts";
import { createLives } from "./lives.ts";
import { createPersonAtWindow, type PersonAtWindow } from "./person-at-window.ts";

export interface BackgroundWorld {
  aws: LocalAwsInfo;
  fake: FakeBrowser;
  window: PersonAtWindow;
  /** Id of the packaged profile. */
  profile: string;
  /** Sends a command as a page of ours does. */
  call<Name extends CommandName>(command: Name, input: Input<Name>, page?: string): Promise<Output<Name>>;
  view(): Promise<View>;
  signIn(name: "alice" | "bob"): Promise<void>;
  /** The background ends: memory and listeners are gone, storage is not. Then it starts again. */
  restart(): Promise<void>;
  /** The local AWS's log since the last call: `service:operation`. */
  requests(): Promise<string[]>;
  control(method: string, path: string, input?: object): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * @param use puts a browser in place of `globalThis.browser`
 * @param packaged the profiles of the build, the active one first; the first of the local AWS alone unless given
 */
export async function createBackgroundWorld(
  use: (fake: FakeBrowser) => void,
  packaged: (aws: LocalAwsInfo) => Profile[] = ({ profile }) => [profile],
): Promise<BackgroundWorld> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-background-"));
  const { info: aws, close } = await startLocalAws({ dataDir: folder });
  const manifest = JSON.parse(await readFile(join(PROJECT_ROOT, "manifest.json"), "utf8"));
  const redirectUrl = redirectUrls(manifest).chromium;
  const window = createPersonAtWindow(redirectUrl);
  const realFetch = globalThis.fetch;
  const storage = { estimate: async () => ({ quota: 1e12, usage: 0 }), persist: async () => true };
  vi.stubGlobal("navigator", { onLine: true, storage });
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("fetch", async (...request: Parameters<typeof fetch>) =>
    String(request[0]).endsWith("/profiles.json") ? Response.json(packaged(aws)) : await realFetch(...request),
  );

  const lives = createLives();
  const boot = (before: FakeBrowser | null) => lives.begin(() => start(before));

  function start(before: FakeBrowser | null): FakeBrowser {
    const fake = createFakeBrowser();
    if (before !== null) fake.storage = before.storage;
    else
      for (const area of [fake.storage.session, fake.storage.local])
        Object.assign(area, { set: lives.mortal(area.set), remove: lives.mortal(area.remove) });
    fake.granted.add("http://127.0.0.1/*");
    fake.identity.getRedirectURL = () => redirectUrl;
    fake.identity.launchWebAuthFlow = (details) => window.launch(details as { url: string; interactive: boolean });
    use(fake);
    startBackground({
      network: () => networkPart,
      loadedNetwork: () => networkPart,
      captures: async () => capturePart,
      access: async () => accessPart,
      activity: async () => activityPart,
      checks: async () => checkPart,
      profiles: async () => profilePart,
      sites: async () => sitePart,
      notificationButtons: true,
      createHost: (journal) => {
        const heartbeat = createHeartbeat();
        return createHost({ journal, heartbeat, rereadSources: true, fetch: realFetch, sendByXhr: sendByFetch });
      },
      silentWindow: {},
    });
    return fake;
  }

  const world: BackgroundWorld = {
    aws,
    fake: boot(null),
    window,
    profile: "",
    async call(command, input, page = "/app.html") {
      const [answer] = world.fake.runtime.onMessage.emit({ holdall: 1, command, input }, sender(page));
      const result = (await answer) as { ok: boolean; value: unknown; error: unknown };
      if (result.ok) return result.value as never;
      throw fromWireError(result.error);
    },
    view: () => world.call("view.get", {}),
    async signIn(name) {
      window.who = aws.people.find((person) => person.name === name) ?? null;
      await world.call("session.signIn", { profile: world.profile }, "/popup.html");
      await vi.waitFor(async () => {
        if ((await world.view()).recent.state !== "loaded") throw new Error("not loaded yet");
        const { syncing } = await world
          .call("captures.facets", { profile: world.profile })
          .catch(() => ({ syncing: false }));
        if (syncing) throw new Error("the captures' mirror is not up to date yet");
      }, 10_000);
    },
    async restart() {
      // Browsers end a background that is idle: what waits for a moment has happened by then.
      await new Promise((resolve) => setTimeout(resolve, 100));
      world.fake = boot(world.fake);
      await world.view();
    },
    async requests() {
      const log = (await world.control("GET", "/requests")) as { service: string; operation: string }[];
      await world.control("DELETE", "/requests");
      return log.map(({ service, operation }) => `${service}:${operation}`);
    },
    async control(method, path, input) {
      const body = input === undefined ? null : JSON.stringify(input);
      return await (await realFetch(`${aws.control}${path}`, { method, body })).json();
    },
    async close() {
      await close();
      vi.unstubAllGlobals();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  world.fake.runtime.onInstalled.emit({ reason: "install" });
  await vi.waitFor(async () => {
    world.profile = (await world.view()).activeProfile ?? "";
    if (world.profile === "") throw new Error("no profile yet");
  });
  return world;
}
