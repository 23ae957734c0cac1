/** Who a request is answered for. A document serves one person, as long as it lives: what it holds of them is no one else's. */
import { grantState, type SiteGrant, type SiteWish } from "../shared/site/site-grant.ts";
import { isDecided } from "./decided.ts";
import type { SiteOwner } from "./grant-book.ts";
import { permissionsOf } from "./judge.ts";
import { SiteProblem } from "./site-problem.ts";
import type { SiteCaller, SitesDeps } from "./sites.ts";

export interface Granted {
  owner: SiteOwner;
  grant: SiteGrant;
  /** What the site knows the owner by. */
  person: string;
}

export interface Admission {
  /** @throws SiteProblem `signed-out`, `not-connected`, `refused`; what `SitesDeps.person` throws */
  granted(caller: SiteCaller): Promise<Granted>;
  /** Answers a `connect`. @throws SiteProblem `signed-out`, `refused` */
  connect(caller: SiteCaller, wish: SiteWish, signal: AbortSignal): Promise<object>;
}

type Deps = Pick<SitesDeps, "ask" | "book" | "now" | "owner" | "person">;

export function createAdmission(deps: Deps): Admission {
  async function serve(caller: SiteCaller, owner: SiteOwner): Promise<string> {
    const person = await deps.person(owner, caller.origin);
    if (caller.person !== null && caller.person !== person) {
      const why = "Somebody else is signed in than this document is for. Reload the page to work for them.";
      throw new SiteProblem("signed-out", why, { detail: "person" });
    }
    caller.serves(person);
    return person;
  }

  return {
    async granted(caller) {
      const owner = await deps.owner();
      if (owner === null) throw new SiteProblem("signed-out", "Nobody is signed in.");
      // First, since what somebody else has allowed or ended is not said to a document of another's.
      const known = caller.person === null ? null : await serve(caller, owner);
      const grant = await deps.book.grant(owner, caller.origin);
      if (grant === null) throw new SiteProblem("not-connected", "This site is not connected.");
      const state = grantState(grant, deps.now());
      if (state === "expired") throw new SiteProblem("not-connected", "The time that the person gave is over.");
      if (state === "paused") throw new SiteProblem("refused", "The person has paused the connection.");
      return { owner, grant, person: known ?? (await serve(caller, owner)) };
    },

    async connect(caller, wish, signal) {
      const owner = await deps.owner();
      // Nobody is asked for a page that could not go on with their yes.
      if (owner !== null && caller.person !== null) await serve(caller, owner);
      const present = owner === null ? null : await deps.book.grant(owner, caller.origin);
      if (
        owner !== null &&
        present !== null &&
        grantState(present, deps.now()) === "active" &&
        isDecided(present, wish)
      ) {
        return permissionsOf(present, await serve(caller, owner));
      }
      if (present?.paused) throw new SiteProblem("refused", "The person has paused the connection.");
      const given = await deps.ask(caller, wish, signal);
      if (given === null) throw new SiteProblem("refused", "The person did not allow it.");
      return permissionsOf(given.grant, await serve(caller, given.owner));
    },
  };
}
