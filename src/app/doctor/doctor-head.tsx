import type { CheckRun } from "../../messaging/checks-view.ts";
import { language, t } from "../../platform/i18n.ts";
import { extensionVersion } from "../../platform/version.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { Time } from "../../ui/time.tsx";
import { type Around, explain } from "./explain.ts";
import { reportOf } from "./report.ts";
import type { StepGroup } from "./step-words.ts";

interface DoctorHeadProps {
  run: CheckRun | null;
  groups: StepGroup[];
  around: Around | null;
  onStart: () => void;
  onStop: () => void;
}

/** How it stands, and what one can do: run, stop, copy the report. */
export function DoctorHead({ run, groups, around, onStart, onStop }: DoctorHeadProps) {
  const running = run !== null && run.endedAt === null;
  const copy = async () => {
    if (run === null) return;
    try {
      const browser = navigator.userAgent;
      const profile = around?.profile ?? null;
      const explained = (step: CheckRun["steps"][number]) => (around === null ? null : explain(step, around));
      await navigator.clipboard.writeText(
        reportOf({
          title: t("doctor_report"),
          run,
          groups,
          profile,
          version: extensionVersion(),
          browser,
          explain: explained,
        }),
      );
      showToast(t("copied"));
    } catch (cause) {
      showToast(t("doctor_not_copied"), { error: asHoldallError(cause) });
    }
  };
  return (
    <div class="bar">
      <h1>{t("doctor")}</h1>
      <span class="doctor-status small" role="status">
        {run !== null && <Summary run={run} />}
      </span>
      <div class="bar-tools">
        {run !== null && !running && (
          <Button icon="copy" onClick={() => void copy()}>
            {t("doctor_copy_report")}
          </Button>
        )}
        {running ? (
          <Button icon="x" onClick={onStop}>
            {t("doctor_stop")}
          </Button>
        ) : (
          <Button kind="primary" icon="doctor" onClick={onStart}>
            {t(run === null ? "doctor_run" : "doctor_run_again")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** `33 of 35 steps` while it runs; then how it ended, how long it took, and when that was. */
function Summary({ run }: { run: CheckRun }) {
  const many = (...states: string[]) => run.steps.filter(({ state }) => states.includes(state)).length;
  const all = run.steps.length;
  if (run.endedAt === null)
    return <span class="muted">{t("doctor_progress", all - many("waiting", "running"), all)}</span>;
  const failed = many("failed");
  const open = many("skipped", "unproven");
  const outcome =
    failed > 0
      ? t(failed === 1 ? "doctor_failed_one" : "doctor_failed_many", failed)
      : run.cancelled
        ? t("doctor_cancelled")
        : open > 0
          ? t("doctor_passed_some", many("passed"), all)
          : t("doctor_passed_all", all);
  const seconds = ((run.endedAt - run.startedAt) / 1000).toLocaleString(language(), { maximumFractionDigits: 1 });
  return (
    <>
      <span class={`doctor-outcome ${failed > 0 ? "failed" : open > 0 ? "partial" : ""}`}>{outcome}</span>
      <span class="muted">
        {" · "}
        {t("doctor_took", seconds)}
        {" · "}
        <Time at={run.startedAt} />
      </span>
    </>
  );
}
