import type { CheckState } from "../../messaging/checks-view.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { StateIcon } from "../checks/state-icon.tsx";
import type { Verdict } from "./verdict.ts";
import { verdictText } from "./verdict-text.ts";

const states: Record<Verdict["kind"], CheckState> = {
  hole: "failed",
  refused: "failed",
  open: "unproven",
  proven: "passed",
};

/** What the whole run says. Its room is there while the run goes on, so that the list does not move at its end. */
export function VerdictBanner({ verdict, settings }: { verdict: Verdict | null; settings: SetupSettings | null }) {
  if (verdict === null) return <div class="verdict waiting" role="status" />;
  const [first, ...more] = verdictText(verdict, settings);
  const state = states[verdict.kind];
  return (
    <div class={`verdict ${state}`} role="status">
      <StateIcon state={state} />
      <p>
        <strong>{first}</strong> {more.join(" ")}
      </p>
    </div>
  );
}
