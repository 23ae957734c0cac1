import { useMemo } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { SignInButton } from "../../ui/storage/sign-in-button.tsx";
import { DoctorHead } from "./doctor-head.tsx";
import type { Around } from "./explain.ts";
import { setupOf } from "./setup-of.ts";
import { StepList } from "./step-list.tsx";
import { doctorGroups } from "./step-words.ts";
import { useProfile } from "./use-profile.ts";

/** Goes through the whole chain, from the extension's permissions to the last action on an object. */
export function DoctorPage({ view, profile: id }: { view: View; profile: string }) {
  const { checks, session } = view;
  const run = checks.doctor?.profile === id ? checks.doctor : null;
  const profile = useProfile(id);
  const groups = useMemo(doctorGroups, []);
  const start = useCommand(() => call("checks.start", { profile: id, kind: "doctor" }));
  const stop = useCommand(() => call("checks.cancel", { kind: "doctor" }));
  const role = "role" in session ? session.role : undefined;
  const around: Around | null = run && profile && { run, profile, settings: setupOf(profile, role) };
  const signedOut = !("identity" in session);
  const error = start.error ?? stop.error;
  return (
    <div class="place">
      <main class="place-main doctor-page">
        <DoctorHead
          run={run}
          groups={groups}
          around={around}
          onStart={() => void start.run()}
          onStop={() => void stop.run()}
        />
        {error && <ErrorPanel error={error} onRetry={() => void start.run()} />}
        {signedOut && (
          <div class="notice">
            <span class="grow">{t("doctor_signed_out")}</span>
            <SignInButton profile={id} kind="plain" waiting={session.state === "signing-in"} />
          </div>
        )}
        {run === null ? (
          <EmptyState icon="doctor" text={t("doctor_empty")} />
        ) : (
          <StepList run={run} groups={groups} around={around} onAgain={() => void start.run()} />
        )}
      </main>
    </div>
  );
}
