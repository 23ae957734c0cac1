import { latePlace } from "../late-place.tsx";

/** The list of requests. */
export const ActivityPlace = latePlace(async () => (await import("./activity-page.tsx")).ActivityPage);
