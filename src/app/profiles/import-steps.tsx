import { t } from "../../platform/i18n.ts";
import type { Stage } from "./import-run.ts";

const steps: [at: Stage["at"], label: () => string][] = [
  ["bring", () => t("import_step_bring")],
  ["review", () => t("import_step_review")],
  ["rest", () => t("import_step_rest")],
  ["done", () => t("import_step_done")],
];

/** Where one is on the way. */
export function ImportSteps({ at }: { at: Stage["at"] }) {
  const now = steps.findIndex(([step]) => step === at);
  return (
    <ol class="import-steps" aria-label={t("import_steps")}>
      {steps.map(([step, label], index) => (
        <li
          key={step}
          class={index < now ? "import-step past" : "import-step"}
          aria-current={index === now ? "step" : undefined}
        >
          <span class="import-step-word">{label()}</span>
        </li>
      ))}
    </ol>
  );
}
