import { useSignal } from "@preact/signals";
import { call } from "../messaging/client.ts";
import type { ConsentView } from "../messaging/sites-view.ts";
import { t } from "../platform/i18n.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { useCommand } from "../ui/state/use-command.ts";
import { WhoAsks } from "./who-asks.tsx";

interface SignInFirstProps {
  view: ConsentView;
  onSignedIn: () => Promise<void>;
  onRefuse: () => void;
}

/** Nobody is signed in: whose storage would it be? Then it goes on. */
export function SignInFirst({ view, onSignedIn, onRefuse }: SignInFirstProps) {
  const tried = useSignal(false);
  const signIn = useCommand(async () => {
    await call("sites.signIn", { id: view.id });
    await onSignedIn();
    tried.value = true;
  });
  return (
    <main class="consent">
      <div class="consent-body">
        <WhoAsks view={view} title={t("consent_title")} />
        <p>{t("consent_signed_out", view.profile.name)}</p>
        {tried.value && <p class="notice">{t("consent_still_out")}</p>}
        {signIn.error && <ErrorPanel error={signIn.error} />}
      </div>
      <div class="consent-foot buttons end">
        <Button onClick={onRefuse}>{t("consent_not_now")}</Button>
        <Button kind="primary" busy={signIn.pending} onClick={() => signIn.run()}>
          {t("sign_in")}
        </Button>
      </div>
    </main>
  );
}
