import { useSignal } from "@preact/signals";
import { t } from "../../../platform/i18n.ts";
import { holdsPageCapture, knowsPageCapture, requestPageCapture } from "../../../platform/permissions.ts";
import { Segments } from "./segments.tsx";

type Format = "mhtml" | "html";

interface PageFormatProps {
  /** What pages are saved as: MHTML only while its permission is held. */
  value: Format;
  /** What the browser answered, and what is to be kept. */
  onChange: (format: Format, held: boolean) => void;
}

/** MHTML needs a permission that is asked for when it is chosen. */
export function PageFormat({ value, onChange }: PageFormatProps) {
  const asking = useSignal(false);
  const refused = useSignal(false);
  const choose = async (format: Format, granted: Promise<boolean>) => {
    asking.value = format === "mhtml";
    const held = await granted;
    asking.value = false;
    refused.value = format === "mhtml" && !held;
    onChange(held ? format : "html", held);
  };
  const shown = asking.value ? "mhtml" : value;
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
