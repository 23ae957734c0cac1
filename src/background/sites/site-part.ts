/** What is needed only once a site is connected, or asks to be: see late-script.ts. */
import { connectSites } from "./connect-sites.ts";

export interface SitePart {
  connectSites: typeof connectSites;
}

export const sitePart: SitePart = { connectSites };
