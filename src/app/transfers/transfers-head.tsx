import type { TransferTotals } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { byteSpeed, sizeShare } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { timeLeft } from "../../ui/format/duration.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import { orders } from "../../ui/transfers/orders.ts";
import { ended, unended } from "../../ui/transfers/transfer-kind.ts";
import { clearFinished } from "./clear-finished.ts";

/** All transfers in one line and one bar, and what can be done with all of them. */
export function TransfersHead({ totals }: { totals: TransferTotals }) {
  const { active, paused, waiting, done, cancelled } = totals;
  const left = unended(totals);
  return (
    <>
      <div class="bar">
        <h1>{t("transfers")}</h1>
        <div class="bar-tools">
          {active + waiting > 0 && (
            <Button icon="pause" onClick={() => orders.pause("all")}>
              {t("pause_all")}
            </Button>
          )}
          {paused > 0 && (
            <Button icon="play" kind={active === 0 ? "primary" : "plain"} onClick={() => orders.unpause("all")}>
              {t("resume_all")}
            </Button>
          )}
          {left > 0 && (
            <Button kind="danger" icon="x" onClick={() => void cancelAll(left)}>
              {t("cancel_all")}
            </Button>
          )}
          {done + cancelled > 0 && (
            <Button icon="check" onClick={() => void clearFinished(totals)}>
              {t("transfers_clear")}
            </Button>
          )}
        </div>
      </div>
      {left > 0 && (
        <div class="transfers-total">
          <p class="muted">{words(totals)}</p>
          <progress value={totals.sent} max={Math.max(totals.bytes, 1)} aria-label={t("progress_all")} />
        </div>
      )}
    </>
  );
}

function words(totals: TransferTotals): string {
  const { speed, secondsLeft, paused, done, cancelled } = totals;
  return [
    // What needs an answer has ended for the queue, not for the person.
    t("transfers_of", count(done + cancelled), count(ended(totals) + unended(totals))),
    sizeShare(totals.sent, totals.bytes),
    speed !== null && byteSpeed(speed),
    secondsLeft !== null && timeLeft(secondsLeft),
    paused > 0 && t("n_paused", count(paused)),
  ]
    .filter(Boolean)
    .join(" · ");
}

async function cancelAll(many: number): Promise<void> {
  const verb = many === 1 ? t("cancel_verb_one") : t("cancel_verb", count(many));
  if (await confirmed({ title: t("cancel_title"), text: t("cancel_text"), verb, keep: t("cancel_keep") }))
    orders.cancel("all");
}
