import { useMemo } from "preact/hooks";
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { extensionVersion } from "../../platform/version.ts";
import { PROBE_IDENTITY } from "../../setup/probe.ts";
import { ChangeBox } from "../checks/change-box.tsx";
import { ChecksPage } from "../checks/checks-page.tsx";
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
  const { session } = view;
  const profile = useProfile(id);
  const words = useMemo(proofWords, []);
  const settings = profile && setupOf(profile, "role" in session ? session.role : undefined);
  const explained = (run: CheckRun) => (step: CheckStep) =>
    explainHole(step, settings) ?? (profile && settings && explain(step, { run, profile, settings }));
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
      explain: explained(run),
      verdict: [...(verdict === null ? [] : verdictText(verdict, settings)), ...assumed],
    });
  };
  return (
    <ChecksPage
      {...{ kind: "proof", view, profile: id, title: t("proof"), icon: "lock", verb: t("proof_run"), report }}
      signedOut={t("proof_signed_out")}
      empty={t("proof_empty")}
      foot={
        command && (
          <section class="proof-assumes">
            <h2>{t("proof_assumes")}</h2>
            <p>{t("proof_assumes_text", PROBE_IDENTITY)}</p>
            <ChangeBox change={command} />
          </section>
        )
      }
    >
      {(run, again) => (
        <>
          <VerdictBanner verdict={verdictOf(run)} settings={settings} />
          <StepList
            {...{ run, words }}
            settled={profile !== null}
            failure={(step) => <Failure step={step} explanation={explained(run)(step)} onAgain={again} />}
          />
        </>
      )}
    </ChecksPage>
  );
}
