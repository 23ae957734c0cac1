import { useSignal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { ProfileDiscovery } from "../../messaging/profiles-protocol.ts";
import { t } from "../../platform/i18n.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { setupProfile } from "../../setup/setup-profile.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { checkedProvider, draft } from "./draft.ts";

/** Reads what the provider says of itself, and compares it with what was typed. */
export function ProviderCheck() {
  const found = useSignal<{ issuer: string; discovery: ProfileDiscovery } | null>(null);
  const state = checkedProvider.value;
  const issuer = String(draft.value.issuer ?? "").trim();
  const check = useCommand(async (granted: Promise<boolean>, host: string) => {
    if (!("settings" in state)) return;
    if (!(await granted)) throw new HoldallError("permission-needed", { subs: [host] });
    const text = JSON.stringify(setupProfile(state.settings));
    found.value = { issuer: state.settings.issuer, discovery: await call("profiles.discover", { text }) };
  });
  const run = () => {
    if (!URL.canParse(issuer)) return;
    const { protocol, hostname } = new URL(issuer);
    found.value = null;
    // The browser's question has to be asked in the click itself.
    void check.run(requestHosts([`${protocol}//${hostname}/*`]), hostname);
  };
  const current = found.value?.issuer === issuer ? found.value.discovery : null;
  return (
    <div class="setup-check">
      <div class="buttons">
        <Button busy={check.pending} disabled={!("settings" in state)} onClick={run}>
          {t("setup_check")}
        </Button>
        {!("settings" in state) && <span class="small muted">{t("setup_check_later")}</span>}
      </div>
      {check.error && <ErrorPanel error={check.error} />}
      <div role="status">
        {current !== null && (
          <p class="good">
            <Icon name="check" /> {t("setup_check_good", issuer)}
          </p>
        )}
        {current !== null && current.scopesMissing.length > 0 && (
          <p class="small warn">{t("setup_check_scopes", current.scopesMissing.join(", "))}</p>
        )}
      </div>
    </div>
  );
}
