import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { limitWords } from "./grant-words.ts";
import { type TermsDraft, type TermsFaults, termsOf } from "./terms-draft.ts";

interface LimitFieldsProps {
  draft: TermsDraft;
  faults: TermsFaults;
  onChange: (part: Partial<TermsDraft>) => void;
}

/** How much. Folded, since the defaults suit nearly all; what is wrong is seen all the same. */
export function LimitFields({ draft, faults, onChange }: LimitFieldsProps) {
  const wrong = faults.requests === true || faults.megabytes === true;
  const fold = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // Only opened: who mends a number is still writing it.
    if (wrong && fold.current !== null) fold.current.open = true;
  }, [wrong]);
  return (
    <details ref={fold} class="limits">
      <summary>
        <span class="label">{t("site_limits")}</span>{" "}
        <span class="muted">{wrong ? "" : limitWords(termsOf(draft, 0, null).limits)}</span>
      </summary>
      <div class="limit-fields">
        <NumberField
          label={t("site_limit_requests")}
          rule={t("site_limit_requests_rule")}
          value={draft.requestsPerMinute}
          wrong={faults.requests === true}
          onInput={(requestsPerMinute) => onChange({ requestsPerMinute })}
        />
        <NumberField
          label={t("site_limit_megabytes")}
          rule={t("site_limit_megabytes_rule")}
          value={draft.megabytesPerDay}
          wrong={faults.megabytes === true}
          onInput={(megabytesPerDay) => onChange({ megabytesPerDay })}
        />
      </div>
    </details>
  );
}

interface NumberFieldProps {
  label: string;
  rule: string;
  value: string;
  wrong: boolean;
  onInput: (value: string) => void;
}

function NumberField({ label, rule, value, wrong, onInput }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={12}
        aria-invalid={wrong}
        aria-describedby={`${id}-rule`}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-rule`} class={wrong ? "small bad" : "small muted"}>
        {rule}
      </p>
    </div>
  );
}
