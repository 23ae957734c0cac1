import { latePlace } from "../late-place.tsx";

/** The captures. */
export const CapturesPlace = latePlace(async () => {
  const { CapturesPage, loadLook } = await import("./later.ts");
  await loadLook();
  return CapturesPage;
});
