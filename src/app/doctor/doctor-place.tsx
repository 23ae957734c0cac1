import { latePlace } from "../late-place.tsx";

/** The doctor's page. */
export const DoctorPlace = latePlace(async () => (await import("./doctor-page.tsx")).DoctorPage);
