import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { count } from "../format/count.ts";
import { Icon } from "../icon.tsx";
import type { Owner } from "../state/owner.ts";
import { useCommand } from "../state/use-command.ts";
import { captureOrders } from "./capture-orders.ts";

/** What was captured while nobody was signed in, and whether it becomes this person's. Never decided silently. */
export function UnclaimedCaptures({ owner, unclaimed }: { owner: Owner; unclaimed: number }) {
  const take = useCommand(() => captureOrders.takeOver(owner));
  if (unclaimed === 0) return null;
  return (
    <section class="notice warn unclaimed" aria-label={t("unclaimed_title")}>
      <Icon name="user" />
      <p class="grow">{unclaimed === 1 ? t("unclaimed_one") : t("unclaimed", count(unclaimed))}</p>
      <div class="buttons">
        <Button busy={take.pending} onClick={() => take.run()}>
          {t("unclaimed_take")}
        </Button>
        <Button kind="danger" onClick={() => void captureOrders.throwAway(owner, unclaimed)}>
          {t("unclaimed_throw")}
        </Button>
      </div>
    </section>
  );
}
