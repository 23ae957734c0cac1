/** What happens between a site's wish and the person's word: a window that asks, and survives the background's end. */
import type { ConsentView } from "../../messaging/sites-view.ts";
import { runContentScript, setContentScripts } from "../../platform/content-scripts.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { tabPage } from "../../platform/tabs.ts";
import { closeWindow, openWindow, showWindow } from "../../platform/windows.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { toWireError, type WireError } from "../../shared/result.ts";
import { grantState, type SiteGrant, type SiteWish } from "../../shared/site/site-grant.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import { decidedOn } from "../../sites/decided.ts";
import type { GrantBook, SiteOwner } from "../../sites/grant-book.ts";
import { hostLook } from "../../sites/look-alike.ts";
import type { SitesDeps } from "../../sites/sites.ts";
import type { Services } from "../services.ts";
import { giveBack } from "./give-back.ts";
import { grantOf, type Terms } from "./grant-of.ts";
import { declared } from "./read-declaration.ts";
import { createSiteQuestions, type Question } from "./site-questions.ts";
import { policyFits } from "./site-storages.ts";

export interface SiteConsent {
  /** For a connected page. */
  ask: SitesDeps["ask"];
  /**
   * The click in the popup.
   * @param held the host was allowed before it
   * @throws HoldallError `site-not-connectable`
   */
  connect(profile: string, tab: number, held: boolean): Promise<void>;
  /** Somebody allowed hosts: a question may have waited for it. */
  hostsAdded(): Promise<void>;
  view(id: string): Promise<ConsentView>;
  /**
   * @param identity who was shown: somebody else may have signed in since
   * @throws HoldallError `signed-out`, `site-other-person`, `site-terms-too-long`, and as `grantOf`
   */
  allow(id: string, identity: string, terms: Terms): Promise<{ before: SiteGrant | null; grant: SiteGrant }>;
  /** @throws HoldallError `site-terms-too-long` */
  fits(owner: SiteOwner, grant: SiteGrant): Promise<void>;
  refuse(id: string): Promise<void>;
  signIn(id: string): Promise<void>;
  windowClosed(window: number): Promise<void>;
  /** Gives the permission for a host back where nothing needs it any more, and registers what is left. */
  giveBack(origin: string): Promise<void>;
  /** Registers the content script for who is connected, and no other. @param open puts it into open pages too */
  register(open?: boolean): Promise<void>;
}

type Given = NonNullable<Awaited<ReturnType<SitesDeps["ask"]>>>;

const size = { width: 440, height: 680 };
/** Milliseconds after which a click that was not followed up is nobody's wish any more. */
const patience = 5 * 60_000;

const ownBeginning: SiteWish = { files: "write", items: "write", folder: null, ownItems: false, reason: null };

export function createConsent(
  services: Omit<Services, "captures" | "checks" | "sites">,
  book: GrantBook,
  changed: () => Promise<void>,
): SiteConsent {
  const { profiles, sessions, view } = services;
  const waiting = new Map<string, ((given: Given | null) => void)[]>();
  const questions = createSiteQuestions();

  async function end({ id, window }: Question, given: Given | null): Promise<void> {
    await questions.remove(id);
    for (const settle of waiting.get(id) ?? []) settle(given);
    waiting.delete(id);
    if (window !== null) await closeWindow(window);
  }

  /** Nobody said yes: what the browser was asked for with the question goes with it. */
  async function drop(question: Question): Promise<void> {
    await end(question, null);
    if (!question.held) await back(question.origin).catch((error) => log.warn("sites", error));
  }

  async function back(origin: string): Promise<void> {
    const asked = (await questions.all()).map((one) => one.origin);
    await giveBack(services, book, origin, asked);
    await register();
  }

  /** One window for a site: who asks again sees the one that is open. */
  async function show(question: Question): Promise<void> {
    if (question.window !== null && (await showWindow(question.window))) return;
    const window = await openWindow(`/consent.html?id=${question.id}`, size);
    await questions.keep({ ...question, window });
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

  async function fits(owner: SiteOwner, grant: SiteGrant): Promise<void> {
    if (!policyFits(await profiles.get(owner.profile), owner, grant)) throw new HoldallError("site-terms-too-long");
  }

  let registering: Promise<void> = Promise.resolve();
  /** One after the other: the browser is asked what is registered, and told what differs. */
  async function register(open = false): Promise<void> {
    registering = registering.catch(() => undefined).then(() => registerNow(open));
    await registering;
  }

  async function registerNow(open: boolean): Promise<void> {
    const patterns = new Set((await book.origins()).map(sitePattern));
    const held: string[] = [];
    for (const pattern of patterns) if (await holdsHosts([pattern])) held.push(pattern);
    await setContentScripts(held);
    if (open) await Promise.allSettled(held.map(runContentScript));
  }

  return {
    async ask({ origin, tab, again }, wish, signal) {
      if (await questions.refusedLately(origin)) return null;
      const { activeProfile } = view.current();
      if (activeProfile === null || !(await holdsHosts([sitePattern(origin)]))) return null;
      const title = tab === null ? "" : (await tabPage(tab).catch(() => ({ title: "" }))).title;
      const asked = await inTurn(async () => {
        const made = await questions.put({
          profile: activeProfile,
          origin,
          tab,
          title,
          wish,
          declared: true,
          held: true,
        });
        // Nobody asked anew: the window is where the person left it.
        if (!again || made.window === null) await show(made);
        return made;
      });
      return await new Promise((resolve) => {
        waiting.set(asked.id, [...(waiting.get(asked.id) ?? []), resolve]);
        // The window stays: the person may still want it.
        signal.addEventListener("abort", () => resolve(null));
      });
    },
    async connect(profile, tab, held) {
      const { url, title } = await tabPage(tab);
      const origin = URL.canParse(url) ? new URL(url).origin : "";
      if (siteName(origin) === null) throw new HoldallError("site-not-connectable");
      await questions.forgive(origin);
      tell(null);
      const wish = await declared(tab);
      await inTurn(async () => {
        const about = { tab, title, wish: wish ?? ownBeginning, declared: wish !== null, held };
        const asked = await questions.put({ profile, origin, ...about });
        if (await holdsHosts([sitePattern(origin)])) await show(asked);
      });
    },
    async hostsAdded() {
      await register();
      await inTurn(async () => {
        for (const one of await questions.all()) {
          if (one.window !== null) continue;
          if (Date.now() - one.asked > patience) await drop(one);
          else if (await holdsHosts([sitePattern(one.origin)])) {
            // The popup, whose click this was, may have closed under the browser's question: the next one tells it.
            await show(one).catch(async (error) => {
              await drop(one);
              tell(toWireError(error));
            });
          }
        }
      });
    },
    async view(id) {
      const { origin, profile: profileId, title, wish, declared } = await questions.find(id);
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
    async allow(id, identity, terms) {
      const asked = await questions.find(id);
      const owner = await ownerOf(asked.profile);
      if (owner === null) throw new HoldallError("signed-out");
      if (owner.identity !== identity) throw new HoldallError("site-other-person");
      const before = await book.grant(owner, asked.origin);
      const lasting = before !== null && grantState(before, Date.now()) !== "expired" ? before : null;
      const decided = decidedOn(lasting, asked.declared ? asked.wish : null);
      const grant = grantOf({ origin: asked.origin, identity, decided }, terms);
      await fits(owner, grant);
      await book.putGrant(owner, grant);
      await register();
      await changed();
      await runContentScript(sitePattern(asked.origin)).catch((error) => log.warn("sites", error));
      // The caller ends what the old grant allowed. The page goes on after that, or its next request would be ended with them.
      setTimeout(() => end(asked, { owner, grant }).catch((error) => log.warn("sites", error)), 0);
      return { before, grant };
    },
    async refuse(id) {
      const asked = await questions.find(id);
      await questions.refuse(asked.origin);
      await drop(asked);
    },
    async signIn(id) {
      await sessions.signIn((await questions.find(id)).profile);
    },
    async windowClosed(window) {
      const asked = (await questions.all()).find((one) => one.window === window);
      if (asked === undefined) return;
      await questions.refuse(asked.origin);
      await drop({ ...asked, window: null });
    },
    giveBack: back,
    register,
    fits,
  };
}
