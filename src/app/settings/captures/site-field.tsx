import { t } from "../../../platform/i18n.ts";
import { isSiteRule } from "../../../shared/naming/site-matches.ts";
import { RuleField } from "./rule-field.tsx";
import { ruleSite } from "./rule-site.ts";

/** The site of a rule. An address becomes its host once it is left. */
export function SiteField({ value, onInput }: { value: string; onInput: (site: string) => void }) {
  return (
    <RuleField
      label={t("rule_site")}
      hint={t("rule_site_hint")}
      fault={isSiteRule(ruleSite(value)) ? null : t("rule_site_fault", value)}
      value={value}
      longest={300}
      placeholder="example.com"
      onInput={onInput}
      onBlur={() => onInput(ruleSite(value))}
    />
  );
}
