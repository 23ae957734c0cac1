import { t } from "../../platform/i18n.ts";
import { EmptyState } from "../../ui/empty-state.tsx";

/** Nobody is connected yet: how that is done. */
export function NoSites() {
  return (
    <EmptyState icon="globe" text={t("sites_empty")}>
      <ol class="sites-steps">
        <li>{t("sites_empty_open")}</li>
        <li>{t("sites_empty_click")}</li>
        <li>{t("sites_empty_decide")}</li>
      </ol>
    </EmptyState>
  );
}
