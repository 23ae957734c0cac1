import type { CheckState } from "../../messaging/checks-view.ts";

/** On the grid of src/ui/icon-paths.ts; here, since no other page needs them. */
const paths: Record<CheckState, string> = {
  waiting: "M8 7.9v.2",
  running: "M13.5 8A5.5 5.5 0 1 1 8 2.5",
  passed: "M3 8.5L6.5 12l7-8",
  failed: "M4 4l8 8M12 4l-8 8",
  unproven: "M6 6a2 2 0 1 1 3 1.8Q8 8.3 8 9.5M8 12.4v.1",
  skipped: "M5 8h6",
};

/** A step's state by its shape; the word stands beside it. */
export function StateIcon({ state }: { state: CheckState }) {
  return (
    <svg class={`icon check-icon ${state}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[state]} />
    </svg>
  );
}
