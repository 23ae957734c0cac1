import { signal } from "@preact/signals";

const query = matchMedia("(min-width: 1100px)");

/** True where a detail pane fits beside the list. */
export const wide = signal(query.matches);

query.addEventListener("change", () => {
  wide.value = query.matches;
});
