import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { holdsPageCapture, knowsPageCapture, requestPageCapture } from "../../../platform/permissions.ts";
import { Segments } from "./segments.tsx";

type Format = "mhtml" | "html";

/** MHTML needs a permission that is asked for when it is chosen; without it pages are saved as HTML whatever the settings say. */
export function PageFormat({ value, onChange }: { value: Format; onChange: (format: Format) => void }) {
  const held = useSignal(false);
  const asking = useSignal(false);
  const refused = useSignal(false);
  useEffect(() => {
    void holdsPageCapture().then((holds) => {
      held.value = holds;
    });
  }, []);
  const choose = async (format: Format, granted: Promise<boolean>) => {
    asking.value = format === "mhtml";
    held.value = await granted;
    asking.value = false;
    refused.value = format === "mhtml" && !held.value;
    onChange(held.value ? format : "html");
  };
  const shown: Format = asking.value || (value === "mhtml" && held.value) ? "mhtml" : "html";
  return (
    <Segments
      label={t("page_format")}
      // Firefox has no MHTML.
      options={
        knowsPageCapture()
          ? [
              ["mhtml", "MHTML"],
              ["html", "HTML"],
            ]
          : [["html", "HTML"]]
      }
      value={shown}
      // The browser's question has to be asked in the click itself.
      onChange={(format) => void choose(format, format === "mhtml" ? requestPageCapture() : holdsPageCapture())}
    >
      <p>{t(shown === "mhtml" ? "page_format_mhtml_hint" : "page_format_html_hint")}</p>
      <p role="status" class="warn">
        {refused.value && t("page_format_refused")}
      </p>
    </Segments>
  );
}
