import { latePlace } from "../late-place.tsx";

/** The guided setup: its templates are large, and few people need them. */
export const SetupPlace = latePlace(async () => (await import("./setup-page.tsx")).SetupPage);
