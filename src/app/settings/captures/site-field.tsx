import { useId } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { isSiteRule } from "../../../shared/naming/site-matches.ts";

/** The site of a rule. An address that is pasted becomes its host. */
export function SiteField({ value, onInput }: { value: string; onInput: (site: string) => void }) {
  const id = useId();
  const fault = isSiteRule(value) ? null : t("rule_site_fault", value);
  return (
    <div class="field">
      <label for={id}>{t("rule_site")}</label>
      <input
        id={id}
        class="input"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        maxLength={300}
        placeholder="example.com"
        aria-invalid={fault !== null || undefined}
        aria-describedby={`${id}-hint ${id}-fault`}
        value={value}
        onInput={(event) => onInput(hostOf(event.currentTarget.value))}
      />
      <p id={`${id}-fault`} class="small bad" role="status">
        {fault}
      </p>
      <p id={`${id}-hint`} class="small muted">
        {t("rule_site_hint")}
      </p>
    </div>
  );
}

function hostOf(text: string): string {
  return /^\s*https?:\/\/./i.test(text) && URL.canParse(text) ? new URL(text).host : text;
}
