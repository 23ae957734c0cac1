import { latePlace } from "../late-place.tsx";

/** The isolation proof's page. */
export const ProofPlace = latePlace(async () => (await import("./proof-page.tsx")).ProofPage);
