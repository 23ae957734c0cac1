import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type CaptureSettings, defaultCaptureSettings, type NamingRule } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import type { HoldallError } from "../../../shared/holdall-error.ts";
import { ulid } from "../../../shared/ulid.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorPanel } from "../../../ui/error-panel.tsx";
import { rowKey } from "../../../ui/row-keys.ts";
import { showToast } from "../../../ui/state/toasts.ts";
import { insertAt, moveBy, removeRule, replaceRule } from "./edit-rules.ts";
import { RuleForm, type RuleWords } from "./rule-form.tsx";
import { FallbackSummary, RuleSummary, siteName } from "./rule-summary.tsx";

interface NamingRulesProps {
  settings: CaptureSettings;
  /** Of the examples. */
  formats: Pick<CaptureSettings, "page" | "selection">;
  error: HoldallError | null;
  change: (update: (before: CaptureSettings) => CaptureSettings) => Promise<boolean>;
}

/** Which form is open: of a rule by its id, of the rule that is being added, of the template for all others. */
type Open = { rule: string } | "new" | "fallback" | null;

/**
 * Rules in their order, then the template for all others. Arrows go from row to row, Alt with them moves the rule, Delete removes
 * it; the same is there as buttons.
 */
export function NamingRules({ settings, formats, error, change }: NamingRulesProps) {
  const { rules, fallback } = settings;
  const open = useSignal<Open>(null);
  const said = useSignal("");
  const list = useRef<HTMLOListElement>(null);
  /** Button that gets the focus when the next list is drawn: moved rows and closed forms lose it. */
  const next = useRef<{ row: string; button: string } | null>(null);
  const changeRules = (update: (rules: NamingRule[]) => NamingRule[]) =>
    change((before) => ({ ...before, rules: update(before.rules) }));
  useLayoutEffect(() => {
    if (next.current === null) return;
    focusButton(list.current, next.current.row, next.current.button);
    next.current = null;
  });

  const close = (row: string) => {
    next.current = { row, button: "edit" };
    open.value = null;
  };
  const move = (rule: NamingRule, step: 1 | -1, button: string) => {
    const to = rules.indexOf(rule) + step;
    if (to < 0 || to >= rules.length) return;
    next.current = { row: rule.id, button };
    said.value = t("rule_moved", to + 1, rules.length);
    void changeRules((before) => moveBy(before, rule.id, step));
  };
  const remove = (rule: NamingRule) => {
    const index = rules.indexOf(rule);
    next.current = { row: (rules[index + 1] ?? rules[index - 1])?.id ?? "fallback", button: "edit" };
    void changeRules((before) => removeRule(before, rule.id)).then((removed) => {
      if (!removed) return;
      const undo = () => void changeRules((before) => insertAt(before, rule, index));
      showToast(t("rule_removed", siteName(rule)), { action: { label: t("undo"), run: undo } });
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const button = event.target instanceof HTMLButtonElement ? event.target : null;
    const row = button?.closest<HTMLElement>("[data-rule]");
    if (button === null || !row || button.closest("form") !== null || event.ctrlKey || event.metaKey) return;
    const rule = rules.find(({ id }) => id === row.dataset.rule);
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-rule]") ?? [])];
    const key = rowKey(event, rows.indexOf(row), [...rules.map(siteName), t("rule_rest")]);
    if (key === null || key.to === "open" || key.to === "menu") return;
    event.preventDefault();
    if (key.to === "inside") focusBeside(row, button, key.step);
    else if (key.to === "delete") rule && remove(rule);
    else if (event.altKey) rule && move(rule, event.key === "ArrowUp" ? -1 : 1, button.dataset.button ?? "edit");
    else if (key.to === "row")
      focusButton(list.current, rows[key.index]?.dataset.rule ?? "", button.dataset.button ?? "edit");
  };

  const form = (row: string, start: RuleWords, onSave: (words: RuleWords) => Promise<boolean>) => (
    <RuleForm
      start={start}
      fallback={row === "fallback"}
      formats={formats}
      error={error}
      onSave={async (words) => {
        if (await onSave(words)) close(row);
      }}
      onClose={() => close(row)}
    />
  );
  const isOpen = (rule: NamingRule) => typeof open.value === "object" && open.value?.rule === rule.id;
  return (
    <div class="names">
      <h3>{t("names")}</h3>
      <p class="muted">{t(rules.length === 0 ? "names_hint_none" : "names_hint")}</p>
      <p class="sr" role="status">
        {said.value}
      </p>
      <ol ref={list} class="cards" onKeyDown={onKeyDown}>
        {rules.map((rule, index) => (
          <li key={rule.id} class={`card ${isOpen(rule) ? "column" : "rule"}`} data-rule={rule.id}>
            {isOpen(rule) ? (
              form(rule.id, rule, (words) => changeRules((before) => replaceRule(before, { ...words, id: rule.id })))
            ) : (
              <RuleSummary
                rule={rule}
                first={index === 0}
                last={index === rules.length - 1}
                onEdit={() => (open.value = { rule: rule.id })}
                onMove={(step) => move(rule, step, step === 1 ? "down" : "up")}
                onRemove={() => remove(rule)}
              />
            )}
          </li>
        ))}
        {open.value === "new" && (
          <li key="new" class="card column">
            <h4 class="card-title">{t("rule_added")}</h4>
            {form("add", { site: "", kinds: [], ...defaultCaptureSettings.fallback }, (words) =>
              changeRules((before) => [...before, { ...words, id: ulid() }]),
            )}
          </li>
        )}
        <li key="fallback" class={`card ${open.value === "fallback" ? "column" : "rule"}`} data-rule="fallback">
          {open.value === "fallback" ? (
            form("fallback", { site: "", kinds: [], ...fallback }, ({ template, ifExists }) =>
              change((before) => ({ ...before, fallback: { template, ifExists } })),
            )
          ) : (
            <FallbackSummary
              fallback={fallback}
              title={rules.length === 0 ? t("rule_all") : t("rule_rest")}
              onEdit={() => (open.value = "fallback")}
            />
          )}
        </li>
      </ol>
      {error && open.value === null && <ErrorPanel error={error} />}
      <div class="buttons" data-rule="add">
        <Button icon="plus" data-button="edit" onClick={() => (open.value = "new")}>
          {t("rule_add")}
        </Button>
      </div>
    </div>
  );
}

/** A row's button of that name, else its first. */
function focusButton(list: HTMLElement | null, row: string, button: string): void {
  const box = list?.parentElement?.querySelector(`[data-rule="${CSS.escape(row)}"]`);
  const found =
    box?.querySelector<HTMLElement>(`[data-button="${button}"]`) ?? box?.querySelector<HTMLElement>("button");
  found?.focus();
}

function focusBeside(row: HTMLElement, button: HTMLButtonElement, step: 1 | -1): void {
  const buttons = [...row.querySelectorAll("button")];
  buttons[buttons.indexOf(button) + step]?.focus();
}
