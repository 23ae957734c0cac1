import type { TransfersView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { count } from "../../ui/format/count.ts";
import { Icon } from "../../ui/icon.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { AddingRow } from "../../ui/transfers/adding-row.tsx";
import { ConflictsRow } from "../../ui/transfers/conflicts-row.tsx";
import { cleanUp, orders } from "../../ui/transfers/orders.ts";
import { RefusalList } from "../../ui/transfers/refusal-list.tsx";
import { isUncopied } from "../../ui/transfers/transfer-kind.ts";

/** What concerns more than one transfer: answers for all, what is not safe yet, what S3 still holds. */
export function TransfersNotices({ transfers }: { transfers: TransfersView }) {
  const { rows, totals, problem } = transfers;
  const uncopied = totals.uncopied ?? rows.filter(isUncopied).length;
  return (
    <>
      {problem && <ErrorPanel error={problem} />}
      <div class="transfers-asks">
        <AddingRow />
        <RefusalList most={20} />
        {totals.conflicts > 1 && <ConflictsRow transfers={transfers} />}
        {totals.failed > 1 && (
          <div class="transfer failed asking">
            <Icon name="alert" />
            <div class="transfer-body">
              <span class="transfer-line">{t("n_failed", count(totals.failed))}</span>
              <div class="buttons">
                <Button icon="refresh" onClick={() => orders.retry("failed")}>
                  {t("retry_all")}
                </Button>
              </div>
            </div>
          </div>
        )}
      </div>
      {uncopied > 0 && (
        <p class="notice">
          <Icon name="alert" />
          <span>{uncopied === 1 ? t("uncopied_one") : t("uncopied", count(uncopied))}</span>
        </p>
      )}
      {totals.leftovers > 0 && <Leftovers uploads={totals.leftovers} />}
    </>
  );
}

function Leftovers({ uploads }: { uploads: number }) {
  const clean = useCommand(cleanUp);
  return (
    <div class="notice">
      <span class="grow">{uploads === 1 ? t("leftovers_one") : t("leftovers", count(uploads))}</span>
      <Button busy={clean.pending} onClick={() => clean.run()}>
        {t("clean_up")}
      </Button>
    </div>
  );
}
