import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import {
  type CaptureKind,
  type CaptureSettings,
  captureKinds,
  defaultCaptureSettings,
  type NameConflict,
  type NamingRule,
} from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import type { HoldallError } from "../../../shared/holdall-error.ts";
import { isSiteRule } from "../../../shared/naming/site-matches.ts";
import { Button } from "../../../ui/button.tsx";
import { captureKindName } from "../../../ui/captures/capture-kind.ts";
import { ErrorPanel } from "../../../ui/error-panel.tsx";
import { NameExamples } from "./name-examples.tsx";
import { nameTaken } from "./name-taken.ts";
import { ruleSite } from "./rule-site.ts";
import { SiteField } from "./site-field.tsx";
import { templateFaultText } from "./template-fault-text.ts";
import { TemplateField } from "./template-field.tsx";

/** What a rule says; for the template of all others site and kinds stay empty. */
export type RuleWords = Omit<NamingRule, "id">;

interface RuleFormProps {
  start: RuleWords;
  /** The template of all others: for any site and kind. */
  fallback: boolean;
  /** Of the examples. */
  formats: Pick<CaptureSettings, "page" | "selection">;
  error: HoldallError | null;
  onSave: (words: RuleWords) => Promise<void>;
  onClose: () => void;
}

/** Edits a rule, and shows what captures would be called. Escape closes it, Enter saves. */
export function RuleForm({ start, fallback, formats, error, onSave, onClose }: RuleFormProps) {
  const words = useSignal(start);
  const saving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const { site, kinds, template, ifExists } = words.value;
  const set = (next: Partial<RuleWords>) => {
    words.value = { ...words.value, ...next };
  };
  const fault = templateFaultText(template);
  const save = async () => {
    // The first field that is at fault is where to go on.
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid]");
    if (wrong) return wrong.focus();
    if (saving.value) return;
    saving.value = true;
    await onSave({ ...words.value, site: ruleSite(site), template: template.trim() });
    saving.value = false;
  };
  return (
    <form
      ref={form}
      class="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {!fallback && (
        <>
          <SiteField value={site} onInput={(next) => set({ site: next })} />
          <KindsField value={kinds} onChange={(next) => set({ kinds: next })} />
        </>
      )}
      <TemplateField value={template} fault={fault} onInput={(next) => set({ template: next })} />
      <NameExamples
        template={template}
        faulty={fault !== null}
        site={isSiteRule(ruleSite(site)) ? ruleSite(site) : ""}
        kinds={kinds}
        formats={formats}
      />
      <div class="field">
        <label for={id}>{t("name_clash")}</label>
        <select
          id={id}
          class="input name-taken"
          value={ifExists}
          onChange={(event) => set({ ifExists: event.currentTarget.value as NameConflict })}
        >
          {nameTaken.map(([value, choice]) => (
            <option key={value} value={value}>
              {choice()}
            </option>
          ))}
        </select>
      </div>
      {error && <ErrorPanel error={error} />}
      <div class="buttons">
        <Button type="submit" kind="primary" busy={saving.value}>
          {t("save")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
        {fallback && template !== defaultCaptureSettings.fallback.template && (
          <Button kind="quiet" class="push" onClick={() => set(defaultCaptureSettings.fallback)}>
            {t("template_default")}
          </Button>
        )}
      </div>
    </form>
  );
}

function KindsField({ value, onChange }: { value: CaptureKind[]; onChange: (kinds: CaptureKind[]) => void }) {
  const id = useId();
  return (
    <fieldset class="kinds" aria-describedby={id}>
      <legend class="label">{t("rule_kinds")}</legend>
      <div class="kind-boxes">
        {captureKinds.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              class="check"
              checked={value.includes(kind)}
              onChange={({ currentTarget: { checked } }) =>
                // In the order of all kinds, whichever was chosen first.
                onChange(captureKinds.filter((one) => (one === kind ? checked : value.includes(one))))
              }
            />
            {captureKindName(kind)}
          </label>
        ))}
      </div>
      <p id={id} class="small muted">
        {t("rule_kinds_hint")}
      </p>
    </fieldset>
  );
}
