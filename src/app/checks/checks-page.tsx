import type { ComponentChildren } from "preact";
import type { CheckKind, CheckRun } from "../../messaging/checks-view.ts";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import type { IconName } from "../../ui/icon-paths.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { SignInButton } from "../../ui/storage/sign-in-button.tsx";
import { CheckTabs } from "./check-tabs.tsx";
import { ChecksHead } from "./checks-head.tsx";

interface ChecksPageProps {
  kind: CheckKind;
  view: View;
  profile: string;
  title: string;
  icon: IconName;
  /** On the button, before the first run. */
  verb: string;
  /** Said while nobody is signed in, and before the first run. */
  signedOut: string;
  empty: string;
  /** A run as Markdown. */
  report: (run: CheckRun) => string;
  /** What is shown of the last run. */
  children: (run: CheckRun, again: () => void) => ComponentChildren;
  /** Below, whether there was a run or not. */
  foot?: ComponentChildren;
}

/** A page of checks: starting and stopping, how it stands, and its steps. */
export function ChecksPage({ kind, view, profile, children, foot, ...texts }: ChecksPageProps) {
  const { session } = view;
  const latest = view.checks[kind];
  const run = latest?.profile === profile ? latest : null;
  const start = useCommand(() => call("checks.start", { profile, kind }));
  const stop = useCommand(() => call("checks.cancel", { kind }));
  const again = () => void start.run();
  const error = start.error ?? stop.error;
  const { title, icon, verb, report } = texts;
  return (
    <div class="place">
      <main class="place-main checks-page">
        <CheckTabs here={kind} />
        <ChecksHead {...{ title, icon, verb, run, report }} onStart={again} onStop={() => void stop.run()} />
        {error && <ErrorPanel error={error} onRetry={again} />}
        {!("identity" in session) && (
          <div class="notice">
            <span class="grow">{texts.signedOut}</span>
            <SignInButton profile={profile} kind="plain" waiting={session.state === "signing-in"} />
          </div>
        )}
        {run === null ? <EmptyState icon={icon} text={texts.empty} /> : children(run, again)}
        {foot}
      </main>
    </div>
  );
}
