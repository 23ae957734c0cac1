/** Holdall for pages: finds what the browser extension announces, and gives its methods names and types. */
import { createHoldall, type Holdall } from "./create-holdall.ts";
import { findProvider } from "./find-provider.ts";

export type { Holdall, Options } from "./create-holdall.ts";
export { createHoldall } from "./create-holdall.ts";
export { HoldallError } from "./holdall-error.ts";
export type { Pages } from "./pages.ts";
export type * from "./types.ts";

/** What a page can tell a person when nothing was announced: it cannot know which of the two is missing. */
export interface Help {
  connect: string;
  install: string;
}

const help: Help = {
  connect: "If you have Holdall, choose “Connect this site” in its popup.",
  install: "If not, install it first: it keeps your data in your own storage.",
};

export type Found = { holdall: Holdall; help: null } | { holdall: null; help: Help };

/**
 * @param options `timeout`: milliseconds, 1,000 by default. Holdall announces itself once more when the person connects the site
 *   later: `addEventListener("holdall:announce", …)`.
 */
export async function findHoldall({ timeout = 1000 } = {}): Promise<Found> {
  const provider = await findProvider(timeout);
  return provider ? { holdall: createHoldall(provider), help: null } : { holdall: null, help };
}
