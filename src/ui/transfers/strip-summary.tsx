import type { TransferTotals } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { byteSpeed } from "../format/byte-size.ts";
import { count } from "../format/count.ts";
import { timeLeft } from "../format/duration.ts";
import { orders } from "./orders.ts";
import { unended } from "./transfer-kind.ts";

interface StripSummaryProps {
  totals: TransferTotals;
  /** Rows above that are not taken names. */
  shown: number;
  onAll: () => void;
}

/** One line about all that is not shown above, and the way to the whole list. */
export function StripSummary({ totals, shown, onAll }: StripSummaryProps) {
  const left = unended(totals) + totals.failed;
  const parts = left === 0 ? [] : movingParts(totals, left - shown);
  const onlyDone = left + totals.conflicts === 0 && totals.done > 0;
  if (parts.length === 0 && totals.done > 0) parts.push(t("n_done", count(totals.done)));
  return (
    <div class="strip-summary small">
      <span class="grow clip muted">{parts.join(" · ")}</span>
      {onlyDone && (
        <Button kind="quiet" onClick={() => orders.dismiss("ended")}>
          {t("clear")}
        </Button>
      )}
      <Button kind="quiet" onClick={onAll}>
        {t("transfers_all")}
      </Button>
    </div>
  );
}

function movingParts({ speed, secondsLeft, paused, active }: TransferTotals, more: number): string[] {
  const parts = more > 0 ? [t("n_more", count(more))] : [];
  if (active === 0 && paused > 0) parts.push(t("n_paused", count(paused)));
  // Alone it says of itself how fast it is.
  if (more > 0 && speed !== null) parts.push(byteSpeed(speed));
  if (secondsLeft !== null) parts.push(timeLeft(secondsLeft));
  return parts;
}
