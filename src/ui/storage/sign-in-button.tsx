import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import { useCommand } from "../state/use-command.ts";

interface SignInButtonProps {
  profile: string;
  /** A window is open already: pressing again brings a new one. */
  waiting?: boolean;
  kind?: "primary" | "plain";
  label?: string;
}

/** Opens the provider's window. What goes wrong there shows in the view; what keeps it from opening shows here. */
export function SignInButton({ profile, waiting = false, kind = "primary", label = t("sign_in") }: SignInButtonProps) {
  // The session's own error is told by the view, whether or not this page saw the answer.
  const signIn = useCommand(() => call("session.signIn", { profile }));
  return (
    <>
      <Button kind={kind} busy={waiting || signIn.pending} onClick={() => signIn.run()}>
        {label}
      </Button>
      {signIn.error?.code === "background-unreachable" && <ErrorPanel error={signIn.error} />}
    </>
  );
}
