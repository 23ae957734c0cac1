import type { TransfersView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { FileName } from "../file-name.tsx";
import { count } from "../format/count.ts";
import { Icon } from "../icon.tsx";
import { ConflictButtons } from "./conflict-buttons.tsx";
import { isConflict } from "./transfer-kind.ts";

/** Every taken name in one row: the answer is for all of them. */
export function ConflictsRow({ transfers: { rows, totals } }: { transfers: TransfersView }) {
  const { conflicts } = totals;
  if (conflicts === 0) return null;
  const only = conflicts === 1 ? rows.find(isConflict) : undefined;
  return (
    <div class="transfer question asking">
      <Icon name="question" label={t("transfer_needs_you")} />
      <div class="transfer-body">
        <div class="transfer-line">
          {only ? <FileName name={only.name} /> : <span>{t("names_taken", count(conflicts))}</span>}
          <span class={only ? "small warn" : "small muted"}>{only ? t("name_taken") : t("for_all")}</span>
        </div>
        <ConflictButtons
          which={only ? [only.id] : "conflicts"}
          label={only ? t("conflict_name", only.name) : t("names_taken", count(conflicts))}
        />
      </div>
    </div>
  );
}
