/** Lists of rules are never changed in place: what is shown and what is kept may differ until it is written. */
import type { NamingRule } from "../../../messaging/captures-view.ts";

/** One place up or down; the same list when there is none. */
export function moveBy(rules: NamingRule[], id: string, step: 1 | -1): NamingRule[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const rule = rules[from];
  const to = from + step;
  if (rule === undefined || to < 0 || to >= rules.length) return rules;
  return insertAt(removeRule(rules, id), rule, to);
}

export function insertAt(rules: NamingRule[], rule: NamingRule, index: number): NamingRule[] {
  return rules.toSpliced(index, 0, rule);
}

export function removeRule(rules: NamingRule[], id: string): NamingRule[] {
  return rules.filter((rule) => rule.id !== id);
}

export function replaceRule(rules: NamingRule[], next: NamingRule): NamingRule[] {
  return rules.map((rule) => (rule.id === next.id ? next : rule));
}
