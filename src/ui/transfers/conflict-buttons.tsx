import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { orders, type Which } from "./orders.ts";

/** Files of one name: never decided silently. @param label says for which */
export function ConflictButtons({ which, label }: { which: Which; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own
    <div class="buttons" role="group" aria-label={label}>
      <Button onClick={() => orders.retry(which, "keep-both")}>{t("keep_both")}</Button>
      <Button onClick={() => orders.retry(which, "replace")}>{t("replace")}</Button>
      <Button kind="quiet" onClick={() => orders.dismiss(which)}>
        {t("skip")}
      </Button>
    </div>
  );
}
