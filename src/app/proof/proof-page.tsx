import { useMemo } from "preact/hooks";
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { extensionVersion } from "../../platform/version.ts";
import { PROBE_IDENTITY } from "../../setup/probe.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { SignInButton } from "../../ui/storage/sign-in-button.tsx";
import { ChangeBox } from "../checks/change-box.tsx";
import { CheckTabs } from "../checks/check-tabs.tsx";
import { ChecksHead } from "../checks/checks-head.tsx";
import { Failure } from "../checks/failure.tsx";
import { reportOf } from "../checks/report.ts";
import { StepList } from "../checks/step-list.tsx";
import { explain } from "../doctor/explain.ts";
import { setupOf } from "../doctor/setup-of.ts";
import { useProfile } from "../doctor/use-profile.ts";
import { explainHole } from "./explain-hole.ts";
import { probeCommand } from "./probe-command.ts";
import { proofWords } from "./proof-words.ts";
import { verdictOf } from "./verdict.ts";
import { VerdictBanner } from "./verdict-banner.tsx";
import { verdictText } from "./verdict-text.ts";

/** Tries what must be denied and what must be allowed, with the person's own credentials. */
export function ProofPage({ view, profile: id }: { view: View; profile: string }) {
  const { checks, session } = view;
  const latest = checks.proof?.profile === id ? checks.proof : null;
  const profile = useProfile(id);
  const words = useMemo(proofWords, []);
  const start = useCommand(() => call("checks.start", { profile: id, kind: "proof" }));
  const stop = useCommand(() => call("checks.cancel", { kind: "proof" }));
  const again = () => void start.run();
  const settings = profile && setupOf(profile, "role" in session ? session.role : undefined);
  const explained = (step: CheckStep) =>
    explainHole(step, settings) ?? (latest && profile && settings && explain(step, { run: latest, profile, settings }));
  const command = profile && probeCommand(profile);
  const report = (run: CheckRun) => {
    const verdict = verdictOf(run);
    const assumed =
      command === null
        ? []
        : [`${t("proof_assumes_text", PROBE_IDENTITY)}\n\n    ${command.text.replace("\n", "\n    ")}`];
    return reportOf({
      ...{ title: t("proof_report"), run, words, profile, version: extensionVersion() },
      browser: navigator.userAgent,
      explain: explained,
      verdict: [...(verdict === null ? [] : verdictText(verdict, settings)), ...assumed],
    });
  };
  const error = start.error ?? stop.error;
  const verdict = latest && verdictOf(latest);
  return (
    <div class="place">
      <main class="place-main checks-page">
        <CheckTabs here="proof" />
        <ChecksHead
          title={t("proof")}
          icon="lock"
          verb={t("proof_run")}
          run={latest}
          report={report}
          onStart={again}
          onStop={() => void stop.run()}
        />
        {error && <ErrorPanel error={error} onRetry={again} />}
        {!("identity" in session) && (
          <div class="notice">
            <span class="grow">{t("proof_signed_out")}</span>
            <SignInButton profile={id} kind="plain" waiting={session.state === "signing-in"} />
          </div>
        )}
        {latest === null ? (
          <EmptyState icon="lock" text={t("proof_empty")} />
        ) : (
          <>
            <VerdictBanner verdict={verdict} settings={settings} />
            <StepList
              run={latest}
              words={words}
              settled={profile !== null}
              failure={(step) => <Failure step={step} explanation={explained(step)} onAgain={again} />}
            />
          </>
        )}
        {command && (
          <section class="proof-assumes">
            <h2>{t("proof_assumes")}</h2>
            <p>{t("proof_assumes_text", PROBE_IDENTITY)}</p>
            <ChangeBox change={command} />
          </section>
        )}
      </main>
    </div>
  );
}
