import { useId } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { isSiteRule } from "../../../shared/naming/site-matches.ts";
import { ruleSite } from "./rule-site.ts";

/** The site of a rule. An address becomes its host once it is left. */
export function SiteField({ value, onInput }: { value: string; onInput: (site: string) => void }) {
  const id = useId();
  const fault = isSiteRule(ruleSite(value)) ? null : t("rule_site_fault", value);
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
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={() => onInput(ruleSite(value))}
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
