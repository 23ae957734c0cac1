import type { CheckStep } from "../../messaging/checks-view.ts";
import { ErrorDetails, RetryButton } from "../../ui/error-panel.tsx";
import { errorText } from "../../ui/error-text.ts";
import type { Explanation } from "./change.ts";
import { ChangeBox } from "./change-box.tsx";

interface FailureProps {
  step: CheckStep;
  /** Null while the profile is not known yet, and where the error says enough. */
  explanation: Explanation | null;
  onAgain: () => void;
}

/** What went wrong in a step, the likely cause, and what to change where. */
export function Failure({ step, explanation, onAgain }: FailureProps) {
  if (step.error === null) return null;
  const { what, fix } = errorText(step.error);
  return (
    <div class="failure">
      <p class="error-what">{what}</p>
      <p>{explanation?.cause ?? fix}</p>
      {explanation?.changes.map((change) => (
        <ChangeBox key={`${change.where} ${change.text}`} change={change} />
      ))}
      {step.error.code === "permission-needed" && (
        <div class="buttons">
          <RetryButton error={step.error} onRetry={onAgain} />
        </div>
      )}
      <ErrorDetails error={step.error} />
    </div>
  );
}
