/** Connected sites, behind a script that runs when the first of their documents speaks, or the person looks at them. */
import { sitePortName } from "../../messaging/site-channel.ts";
import { onConnect, type Port } from "../../platform/messages.ts";
import { log } from "../../shared/log.ts";
import { once } from "../../shared/once.ts";
import type { SiteDesk } from "./connect-sites.ts";
import { forgetSitePerson } from "./site-persons.ts";

export interface LateSites {
  /** Runs the script. */
  desk(): Promise<SiteDesk>;
  /** null before: then no document of a site is heard, and nothing is under way for one. */
  loaded(): SiteDesk | null;
  /**
   * Somebody else is shown, or nobody: what is under way for sites ends, and the view follows.
   * @param before was somebody shown before, and is now?
   */
  moved(before: boolean, somebody: boolean): Promise<void>;
  /** Of a profile. The names that sites used, and the values before their writes, go; after a lock they stay. */
  signedOut(profile: string, locked: boolean): Promise<void>;
}

export function createLateSites(load: () => Promise<SiteDesk>): LateSites {
  let desk: SiteDesk | null = null;
  const get = once(async () => {
    desk = await load();
    return desk;
  });

  return {
    loaded: () => desk,
    desk: get,
    async moved(before, somebody) {
      // Who only signs in ends nothing: a page's `connect` may be what they sign in for.
      if (before) desk?.signedOut();
      if (somebody) await (await get()).publish();
    },
    async signedOut(profile, locked) {
      await forgetSitePerson(profile);
      // Of a profile that is shown `moved` has heard already, and no other one serves pages.
      if (!locked) await (await get()).book.forgetTraces(profile);
    },
  };
}

/** Messages that a document may have sent before anybody hears them: a content script sends one, and waits. */
const mostEarly = 4;

/** Listens to the content scripts. Call synchronously at load, or the event that woke the worker is missed. */
export function serveSites(desk: () => Promise<SiteDesk>): void {
  onConnect((port: Port) => {
    if (port.name !== sitePortName) return;
    const early: unknown[] = [];
    let hear = (message: unknown): void => {
      if (early.length < mostEarly) early.push(message);
    };
    let gone = false;
    let closed = () => {
      gone = true;
    };
    port.onMessage.addListener((message: unknown) => hear(message));
    port.onDisconnect.addListener(() => closed());
    desk().then(
      (sites) => {
        if (gone) return;
        const document = sites.open(port);
        if (document === null) {
          port.disconnect();
          return;
        }
        hear = document.hear;
        closed = document.close;
        for (const message of early) hear(message);
      },
      (error: unknown) => {
        log.warn("sites", error);
        port.disconnect();
      },
    );
  });
}
