import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { count } from "../format/count.ts";
import { RefusedRow } from "../storage/refused-row.tsx";
import { dismissRefusals, refusals } from "../storage/upload-state.ts";

/** Files that were not taken, each with its reason; of many the first `most`. */
export function RefusalList({ most }: { most: number }) {
  const all = refusals.value;
  if (all.length === 0) return null;
  return (
    <div class="refusals">
      <ul>
        {all.slice(0, most).map((refusal) => (
          <RefusedRow key={refusal} refusal={refusal} />
        ))}
      </ul>
      {all.length > 1 && (
        <div class="strip-summary small">
          <span class="grow clip muted">{all.length > most && t("refused_more", count(all.length - most))}</span>
          <Button kind="quiet" onClick={() => dismissRefusals(all)}>
            {t("refused_clear", count(all.length))}
          </Button>
        </div>
      )}
    </div>
  );
}
