import type { CheckRun } from "../../messaging/checks-view.ts";
import { language, t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import type { IconName } from "../../ui/icon-paths.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { Time } from "../../ui/time.tsx";

interface ChecksHeadProps {
  title: string;
  icon: IconName;
  /** On the button, before the first run. */
  verb: string;
  run: CheckRun | null;
  /** The run as Markdown. */
  report: (run: CheckRun) => string;
  onStart: () => void;
  onStop: () => void;
}

/** How it stands, and what one can do: run, stop, copy the report. */
export function ChecksHead({ title, icon, verb, run, report, onStart, onStop }: ChecksHeadProps) {
  const running = run !== null && run.endedAt === null;
  const copy = async () => {
    if (run === null) return;
    try {
      await navigator.clipboard.writeText(report(run));
      showToast(t("copied"));
    } catch (cause) {
      showToast(t("check_not_copied"), { error: asHoldallError(cause) });
    }
  };
  return (
    <div class="bar">
      <h1>{title}</h1>
      <span class="check-status small" role="status">
        {run !== null && <Summary run={run} />}
      </span>
      <div class="bar-tools">
        {run !== null && !running && (
          <Button icon="copy" onClick={() => void copy()}>
            {t("check_copy_report")}
          </Button>
        )}
        {running ? (
          <Button icon="x" onClick={onStop}>
            {t("check_stop")}
          </Button>
        ) : (
          <Button kind="primary" icon={icon} onClick={onStart}>
            {run === null ? verb : t("check_run_again")}
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
    return <span class="muted">{t("check_progress", all - many("waiting", "running"), all)}</span>;
  const failed = many("failed");
  const open = many("skipped", "unproven");
  const outcome =
    failed > 0
      ? t(failed === 1 ? "check_failed_one" : "check_failed_many", failed)
      : run.cancelled
        ? t("check_cancelled")
        : open > 0
          ? t("check_passed_some", many("passed"), all)
          : t("check_passed_all", all);
  const seconds = ((run.endedAt - run.startedAt) / 1000).toLocaleString(language(), { maximumFractionDigits: 1 });
  return (
    <>
      <span class={`check-outcome ${failed > 0 ? "failed" : open > 0 ? "partial" : ""}`}>{outcome}</span>
      <span class="muted">
        {" · "}
        {t("check_took", seconds)}
        {" · "}
        <Time at={run.startedAt} />
      </span>
    </>
  );
}
