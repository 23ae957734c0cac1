import { call } from "../../messaging/client.ts";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { FileName } from "../file-name.tsx";
import { baseName } from "../format/file-kind.ts";
import { Icon } from "../icon.tsx";
import { RefusedRow } from "./refused-row.tsx";
import { NameTaken, TransferRow } from "./transfer-row.tsx";
import { entering, nameConflicts, refusals, settleConflict } from "./uploads.ts";

/** What moves, waits or needs an answer; nothing when nothing does. */
export function TransferStrip({ transfers }: { transfers: TransferView[] }) {
  const shown = transfers.filter(({ state }) => state !== "cancelled");
  const done = shown.filter(({ state }) => state === "done");
  const waiting = entering.value.length + nameConflicts.value.length + refusals.value.length;
  if (shown.length + waiting === 0) return null;
  return (
    <section class="transfers" aria-label={t("transfers")}>
      <ul>
        {nameConflicts.value.map((conflict) => (
          <li key={conflict} class="transfer failed">
            <Icon name="alert" label={t("transfer_failed")} />
            <div class="transfer-body">
              <div class="transfer-line">
                <FileName name={baseName(conflict.path)} />
                <span class="small bad">{t("name_taken")}</span>
              </div>
              <NameTaken
                onReplace={() => settleConflict(conflict, "replace")}
                onKeepBoth={() => settleConflict(conflict, "keep-both")}
                onSkip={() => settleConflict(conflict, null)}
              />
            </div>
          </li>
        ))}
        {refusals.value.map((refusal) => (
          <RefusedRow key={refusal} refusal={refusal} />
        ))}
        {shown.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
        {entering.value.map((path) => (
          <li key={path} class="transfer entering">
            <Icon name="arrow-up" />
            <div class="transfer-body">
              <div class="transfer-line">
                <FileName name={baseName(path)} />
                <span class="small muted">{t("transfer_entering")}</span>
              </div>
              <progress aria-label={t("progress_of", baseName(path))} />
            </div>
          </li>
        ))}
      </ul>
      {done.length > 1 && (
        <Button kind="quiet" onClick={() => done.map(({ id }) => call("transfers.dismiss", { id }).catch(() => null))}>
          {t("transfers_clear")}
        </Button>
      )}
    </section>
  );
}
