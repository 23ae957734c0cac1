import { useMemo } from "preact/hooks";
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { extensionVersion } from "../../platform/version.ts";
import { ChecksPage } from "../checks/checks-page.tsx";
import { Failure } from "../checks/failure.tsx";
import { reportOf } from "../checks/report.ts";
import { StepList } from "../checks/step-list.tsx";
import { explain } from "./explain.ts";
import { setupOf } from "./setup-of.ts";
import { doctorWords } from "./step-words.ts";
import { useProfile } from "./use-profile.ts";

/** Goes through the whole chain, from the extension's permissions to the last action on an object. */
export function DoctorPage({ view, profile: id }: { view: View; profile: string }) {
  const { session } = view;
  const profile = useProfile(id);
  const words = useMemo(doctorWords, []);
  const settings = profile && setupOf(profile, "role" in session ? session.role : undefined);
  const explained = (run: CheckRun) => (step: CheckStep) =>
    profile && settings && explain(step, { run, profile, settings });
  const report = (run: CheckRun) =>
    reportOf({
      ...{ title: t("doctor_report"), run, words, profile, version: extensionVersion() },
      browser: navigator.userAgent,
      explain: explained(run),
    });
  return (
    <ChecksPage
      {...{ kind: "doctor", view, profile: id, title: t("doctor"), icon: "doctor", verb: t("doctor_run"), report }}
      signedOut={t("doctor_signed_out")}
      empty={t("doctor_empty")}
    >
      {(run, again) => (
        <StepList
          {...{ run, words }}
          settled={profile !== null}
          failure={(step) => <Failure step={step} explanation={explained(run)(step)} onAgain={again} />}
        />
      )}
    </ChecksPage>
  );
}
