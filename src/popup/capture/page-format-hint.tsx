import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { answerPageCapture, wantsPageCapture } from "./page-capture.ts";
import type { Taking } from "./taking.ts";

/** Once, with a page that becomes HTML though Chromium could do better. */
export function PageFormatHint({ now: { kind, words } }: { now: Taking }) {
  if (kind !== "page" || !wantsPageCapture.value) return null;
  return (
    <div class="format-hint">
      <p class="small muted">{t("mhtml_hint")}</p>
      <div class="buttons">
        <Button
          onClick={() => {
            // The browser's question may close the popup.
            void words.flush();
            answerPageCapture(true);
          }}
        >
          {t("mhtml_use")}
        </Button>
        <Button kind="quiet" onClick={() => answerPageCapture(false)}>
          {t("mhtml_keep_html")}
        </Button>
      </div>
    </div>
  );
}
