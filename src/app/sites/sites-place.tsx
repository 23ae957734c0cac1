import { latePlace } from "../late-place.tsx";

/** Connected sites. */
export const SitesPlace = latePlace(async () => (await import("./sites-page.tsx")).SitesPage);
