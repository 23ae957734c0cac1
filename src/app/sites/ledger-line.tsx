import { call } from "../../messaging/client.ts";
import type { LedgerRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { Time } from "../../ui/time.tsx";
import { methodIcon, methodWord, outcomeWord, undoWord } from "./ledger-words.ts";

interface LedgerLineProps {
  profile: string;
  row: LedgerRow;
  /** Says which site it was. */
  withSite: boolean;
  onUndone: () => Promise<void>;
}

/** One read or write. */
export function LedgerLine({ profile, row, withSite, onUndone }: LedgerLineProps) {
  const { origin, at, method, name, size, outcome, undo } = row;
  const undoing = useCommand(async () => {
    try {
      await call("sites.undo", { profile, id: row.id });
      showToast(t("ledger_undone_toast", name));
    } catch (cause) {
      showToast(t("ledger_not_undone", name), { error: asHoldallError(cause) });
    }
    await onUndone();
  });
  const ended = outcomeWord(outcome);
  return (
    <li class="ledger-line">
      <Icon name={methodIcon(method)} />
      <span class="ledger-what">
        {methodWord(method)} {name !== "" && <bdi class="mono">{name}</bdi>}
      </span>
      {withSite && (
        <bdi class="ledger-site clip small muted" title={origin}>
          {shortOrigin(origin)}
        </bdi>
      )}
      <span class="ledger-size small muted">{size === null ? "" : byteSize(size)}</span>
      <span class="ledger-at small muted">
        <Time at={at} />
      </span>
      <span class="ledger-end small">
        {ended !== "" ? (
          <span class={outcome === "refused" ? "warn" : "bad"}>{ended}</span>
        ) : undo === "possible" ? (
          <Button
            kind="quiet"
            busy={undoing.pending}
            aria-label={t("ledger_undo_name", methodWord(method), name)}
            onClick={() => undoing.run()}
          >
            {t("undo")}
          </Button>
        ) : (
          <span class="muted">{undoWord(undo)}</span>
        )}
      </span>
    </li>
  );
}
