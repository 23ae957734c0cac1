import { useSignal } from "@preact/signals";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import type { Change } from "./change.ts";

/** A text to put somewhere, with the lines on which it turns marked, and a button that copies it. */
export function ChangeBox({ change: { where, text, lines } }: { change: Change }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
  };
  const rows = text.split("\n");
  return (
    <figure class="change">
      <figcaption>
        <span>{where}</span>
        <Button kind="quiet" icon={copied.value ? "check" : "copy"} aria-label={t("copy_name", where)} onClick={copy}>
          {t(copied.value ? "copied" : "copy")}
        </Button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="change-text mono" tabIndex={0} aria-label={where}>
        {rows.map((row, index) => {
          const line = index < rows.length - 1 ? `${row}\n` : row;
          return lines.includes(index) ? <mark key={line}>{line}</mark> : line;
        })}
      </section>
    </figure>
  );
}
