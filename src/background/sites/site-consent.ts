/** What happens between a site's wish and the person's word: a window that asks, and survives the background's end. */
import type { ConsentView } from "../../messaging/sites-view.ts";
import { runContentScript, setContentScripts } from "../../platform/content-scripts.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { sessionArea } from "../../platform/storage.ts";
import { tabPage } from "../../platform/tabs.ts";
import { closeWindow, openWindow, showWindow } from "../../platform/windows.ts";
import { checkPath } from "../../shared/check-path.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { toWireError, type WireError } from "../../shared/result.ts";
import type { SiteGrant, SiteWish } from "../../shared/site/site-grant.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import type { GrantBook } from "../../sites/grant-book.ts";
import { hostLook } from "../../sites/look-alike.ts";
import type { Services } from "../services.ts";
import { declared } from "./read-declaration.ts";
import { policyFits } from "./site-storages.ts";

/** A question to the person. In `storage.session`: the background may end while they think. */
interface Question {
  id: string;
  profile: string;
  origin: string;
  tab: number | null;
  title: string;
  wish: SiteWish;
  declared: boolean;
  /** The browser's id; null until the permission is held. */
  window: number | null;
  /** Milliseconds since the epoch. */
  asked: number;
}

/** What the person decides. */
export type Terms = Pick<SiteGrant, "files" | "items" | "folder" | "ownItems" | "until" | "limits">;

export interface SiteConsent {
  /** For a connected page: resolves to the grant, or null when the person said no or did not answer. */
  ask(origin: string, wish: SiteWish, tab: number | null, signal: AbortSignal): Promise<SiteGrant | null>;
  /** The click in the popup. @throws HoldallError `site-not-connectable` */
  connect(profile: string, tab: number): Promise<void>;
  /** Somebody allowed hosts: a question may have waited for it. */
  hostsAdded(): Promise<void>;
  view(id: string): Promise<ConsentView>;
  allow(id: string, terms: Terms): Promise<SiteGrant>;
  refuse(id: string): Promise<void>;
  signIn(id: string): Promise<void>;
  windowClosed(window: number): Promise<void>;
  /** Registers the content script for who is connected, and no other. @param open puts it into open pages too */
  register(open?: boolean): Promise<void>;
}

const prefix = "consent/";
const size = { width: 440, height: 680 };
/** Milliseconds after which a click that was not followed up is nobody's wish any more. */
const patience = 5 * 60_000;
/** Milliseconds in which a page that was refused does not ask again. */
const rest = 60_000;

const ownBeginning: SiteWish = { files: "write", items: "write", folder: null, ownItems: false, reason: null };

export function createConsent(
  services: Omit<Services, "captures" | "checks" | "sites">,
  book: GrantBook,
  changed: () => Promise<void>,
): SiteConsent {
  const { profiles, sessions, view } = services;
  const waiting = new Map<string, ((grant: SiteGrant | null) => void)[]>();
  const refused = new Map<string, number>();

  async function questions(): Promise<Question[]> {
    const stored = await sessionArea.getAll();
    const all = Object.entries(stored).filter(([key]) => key.startsWith(prefix));
    return all.map(([, question]) => question as Question);
  }

  const keep = (question: Question) => sessionArea.set(prefix + question.id, question);

  async function find(id: string): Promise<Question> {
    const question = (await questions()).find((one) => one.id === id);
    if (question === undefined) throw new HoldallError("site-unknown");
    return question;
  }

  async function end({ id, window }: Question, grant: SiteGrant | null): Promise<void> {
    await sessionArea.remove([prefix + id]);
    for (const settle of waiting.get(id) ?? []) settle(grant);
    waiting.delete(id);
    if (window !== null) await closeWindow(window);
  }

  /** One window for a site: who asks again sees the one that is open. */
  async function show(question: Question): Promise<void> {
    if (question.window !== null && (await showWindow(question.window))) return;
    const window = await openWindow(`/consent.html?id=${question.id}`, size);
    await keep({ ...question, window });
  }

  async function question(
    profile: string,
    origin: string,
    rest: Omit<Question, "id" | "profile" | "origin" | "window" | "asked">,
  ) {
    const old = (await questions()).find((one) => one.origin === origin && one.profile === profile);
    const made: Question = {
      ...{ id: old?.id ?? crypto.randomUUID(), profile, origin, ...rest },
      ...{ window: old?.window ?? null, asked: Date.now() },
    };
    await keep(made);
    return made;
  }

  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: two that ask at once would each find no window, and open one. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function tell(error: WireError | null): void {
    view.update({ sites: { ...view.current().sites, error } });
  }

  async function ownerOf(profile: string) {
    const identity = await sessions.identity(profile);
    return identity === null ? null : { profile, identity: identity.id };
  }

  async function register(open = false): Promise<void> {
    const patterns = new Set((await book.origins()).map(sitePattern));
    const held: string[] = [];
    for (const pattern of patterns) if (await holdsHosts([pattern])) held.push(pattern);
    await setContentScripts(held);
    if (open) await Promise.allSettled(held.map(runContentScript));
  }

  return {
    async ask(origin, wish, tab, signal) {
      if (Date.now() - (refused.get(origin) ?? 0) < rest) return null;
      const { activeProfile } = view.current();
      if (activeProfile === null || !(await holdsHosts([sitePattern(origin)]))) return null;
      const title = tab === null ? "" : (await tabPage(tab).catch(() => ({ title: "" }))).title;
      const asked = await inTurn(async () => {
        const made = await question(activeProfile, origin, { tab, title, wish, declared: true });
        await show(made);
        return made;
      });
      return await new Promise((resolve) => {
        waiting.set(asked.id, [...(waiting.get(asked.id) ?? []), resolve]);
        // The window stays: the person may still want it.
        signal.addEventListener("abort", () => resolve(null));
      });
    },
    async connect(profile, tab) {
      const { url, title } = await tabPage(tab);
      const origin = URL.canParse(url) ? new URL(url).origin : "";
      if (siteName(origin) === null) throw new HoldallError("site-not-connectable");
      refused.delete(origin);
      tell(null);
      const wish = await declared(tab);
      await inTurn(async () => {
        const about = { tab, title, wish: wish ?? ownBeginning, declared: wish !== null };
        const asked = await question(profile, origin, about);
        if (await holdsHosts([sitePattern(origin)])) await show(asked);
      });
    },
    async hostsAdded() {
      await register();
      await inTurn(async () => {
        for (const one of await questions()) {
          if (one.window !== null) continue;
          if (Date.now() - one.asked > patience) await end(one, null);
          else if (await holdsHosts([sitePattern(one.origin)])) {
            // The popup, whose click this was, may have closed under the browser's question: the next one tells it.
            await show(one).catch(async (error) => {
              await end(one, null);
              tell(toWireError(error));
            });
          }
        }
      });
    },
    async view(id) {
      const { origin, profile: profileId, title, wish, declared } = await find(id);
      const profile = await profiles.get(profileId);
      const identity = await sessions.identity(profileId);
      const present =
        identity === null ? null : await book.grant({ profile: profileId, identity: identity.id }, origin);
      const folder = wish.folder === null || wish.folder.endsWith("/") ? wish.folder : `${wish.folder}/`;
      return {
        ...{ id, origin, title, wish: { ...wish, folder }, declared, present },
        ...hostLook(new URL(origin).hostname),
        identity: identity === null ? null : { id: identity.id, name: identity.name },
        profile: { id: profileId, name: profile.name, colour: profile.colour },
        wall: profile.credentials.kind === "identityPool" ? "holdall" : "session",
        area: `apps/${siteName(origin)}/`,
      };
    },
    async allow(id, terms) {
      const asked = await find(id);
      const owner = await ownerOf(asked.profile);
      if (owner === null) throw new HoldallError("signed-out");
      const grant = grantOf(asked.origin, owner.identity, terms);
      if (!policyFits(await profiles.get(asked.profile), owner, grant)) throw new HoldallError("site-terms-too-long");
      await book.putGrant(owner, grant);
      await register();
      await changed();
      await runContentScript(sitePattern(asked.origin)).catch((error) => log.warn("sites", error));
      // The caller ends what the old grant allowed. The page goes on after that, or its next request would be ended with them.
      setTimeout(() => end(asked, grant).catch((error) => log.warn("sites", error)), 0);
      return grant;
    },
    async refuse(id) {
      const asked = await find(id);
      refused.set(asked.origin, Date.now());
      await end(asked, null);
    },
    async signIn(id) {
      await sessions.signIn((await find(id)).profile);
    },
    async windowClosed(window) {
      const asked = (await questions()).find((one) => one.window === window);
      if (asked === undefined) return;
      refused.set(asked.origin, Date.now());
      await end({ ...asked, window: null }, null);
    },
    register,
  };
}

/**
 * The terms as a grant.
 * @throws HoldallError `name-*` for a folder that is none, `site-folder-taken`
 */
export function grantOf(origin: string, identity: string, terms: Terms): SiteGrant {
  const { folder } = terms;
  const whole = folder === null || folder === "" ? null : folder.endsWith("/") ? folder : `${folder}/`;
  if (whole !== null) {
    checkPath(identity, whole);
    // Each site's own area lies there: another one would be given with it.
    if (whole.startsWith("apps/")) throw new HoldallError("site-folder-taken", { subs: [whole] });
    if (whole.split("/").slice(0, -1).includes("")) throw new HoldallError("name-empty");
  }
  return { ...terms, origin, folder: whole, paused: false, grantedAt: Date.now() };
}
