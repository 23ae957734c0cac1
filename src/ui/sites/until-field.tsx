import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { SiteGrant } from "../../shared/site/site-grant.ts";
import { now } from "../state/now.ts";
import { momentOf, untilWords } from "./grant-words.ts";
import { type Until, untilOf } from "./terms-draft.ts";

interface UntilFieldProps {
  value: Until;
  present: SiteGrant | null;
  onChange: (until: Until) => void;
}

/** Until when, in words; and the moment that this is. */
export function UntilField({ value, present, onChange }: UntilFieldProps) {
  const id = useId();
  const at = untilOf(value, now.value, present);
  const options: [Until, string][] = [
    ["hour", t("site_until_hour")],
    ["today", t("site_until_today")],
    ["month", t("site_until_month")],
    ["open", t("site_until_open")],
  ];
  if (present !== null && present.until !== null) options.unshift(["same", untilWords(present.until, now.value)]);
  return (
    <div class="until">
      <label class="label" for={id}>
        {t("site_until")}
      </label>
      <select
        id={id}
        class="input"
        value={value}
        onChange={(event) => onChange((options.find(([one]) => one === event.currentTarget.value) ?? ["open"])[0])}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one} selected={one === value}>
            {words}
          </option>
        ))}
      </select>
      <span class="small muted">{at === null || value === "same" ? "" : momentOf(at, now.value)}</span>
    </div>
  );
}
