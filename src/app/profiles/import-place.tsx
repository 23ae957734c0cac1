import { latePlace } from "../late-place.tsx";

/** The page that brings a profile. */
export const ImportPlace = latePlace(async () => (await import("./import-page.tsx")).ImportPage);
