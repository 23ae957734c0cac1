import { useMemo } from "preact/hooks";
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { extensionVersion } from "../../platform/version.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { SignInButton } from "../../ui/storage/sign-in-button.tsx";
import { CheckTabs } from "../checks/check-tabs.tsx";
import { ChecksHead } from "../checks/checks-head.tsx";
import { Failure } from "../checks/failure.tsx";
import { reportOf } from "../checks/report.ts";
import { StepList } from "../checks/step-list.tsx";
import { type Around, explain } from "./explain.ts";
import { setupOf } from "./setup-of.ts";
import { doctorWords } from "./step-words.ts";
import { useProfile } from "./use-profile.ts";

/** Goes through the whole chain, from the extension's permissions to the last action on an object. */
export function DoctorPage({ view, profile: id }: { view: View; profile: string }) {
  const { checks, session } = view;
  const latest = checks.doctor?.profile === id ? checks.doctor : null;
  const profile = useProfile(id);
  const words = useMemo(doctorWords, []);
  const start = useCommand(() => call("checks.start", { profile: id, kind: "doctor" }));
  const stop = useCommand(() => call("checks.cancel", { kind: "doctor" }));
  const again = () => void start.run();
  const role = "role" in session ? session.role : undefined;
  const aroundOf = (run: CheckRun): Around | null => profile && { run, profile, settings: setupOf(profile, role) };
  const around = latest && aroundOf(latest);
  const report = (run: CheckRun) =>
    reportOf({
      ...{ title: t("doctor_report"), run, words, profile, version: extensionVersion() },
      browser: navigator.userAgent,
      explain: (step: CheckStep) => around && explain(step, around),
    });
  const error = start.error ?? stop.error;
  return (
    <div class="place">
      <main class="place-main checks-page">
        <CheckTabs here="doctor" />
        <ChecksHead
          title={t("doctor")}
          icon="doctor"
          verb={t("doctor_run")}
          run={latest}
          report={report}
          onStart={again}
          onStop={() => void stop.run()}
        />
        {error && <ErrorPanel error={error} onRetry={again} />}
        {!("identity" in session) && (
          <div class="notice">
            <span class="grow">{t("doctor_signed_out")}</span>
            <SignInButton profile={id} kind="plain" waiting={session.state === "signing-in"} />
          </div>
        )}
        {latest === null ? (
          <EmptyState icon="doctor" text={t("doctor_empty")} />
        ) : (
          <StepList
            run={latest}
            words={words}
            settled={profile !== null}
            failure={(step) => <Failure step={step} explanation={around && explain(step, around)} onAgain={again} />}
          />
        )}
      </main>
    </div>
  );
}
