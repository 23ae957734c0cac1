import type { Sheet } from "./page-node.ts";

/** Of a `style` element: its text, unless scripts changed the rules that were made of it. */
export function ownSheet(style: HTMLStyleElement): Sheet {
  const text = style.textContent ?? "";
  const rules = rulesOf(style.sheet);
  return { text: rules === null || sameRules(text, rules) ? text : rules.join("\n"), base: style.baseURI };
}

/** Of a `link`: to be fetched. What the browser tells of its rules serves where that fails. */
export function linkedSheet(link: HTMLLinkElement): Sheet {
  return { text: rulesOf(link.sheet)?.join("\n") ?? null, base: link.href, address: link.href };
}

export function adoptedSheets(root: Document | ShadowRoot, base: string): Sheet[] {
  try {
    return [...root.adoptedStyleSheets].map((sheet) => ({ text: rulesOf(sheet)?.join("\n") ?? "", base }));
  } catch {
    // Firefox keeps those of some pages from scripts of extensions.
    return [];
  }
}

/** Each as text; null where the browser keeps them to itself, as of another site. */
function rulesOf(sheet: CSSStyleSheet | null): string[] | null {
  try {
    return sheet === null ? null : [...sheet.cssRules].map(({ cssText }) => cssText);
  } catch {
    return null;
  }
}

/** The browser's own text loses what it does not know, and some shorthands with variables: it is the second choice. */
function sameRules(text: string, rules: string[]): boolean {
  if (rules.length > 0 && text.trim() === "") return false;
  try {
    const fresh = new CSSStyleSheet();
    fresh.replaceSync(text);
    // A sheet of this kind takes no imports.
    const others = rules.filter((rule) => !rule.startsWith("@import"));
    return (rulesOf(fresh) ?? []).join("\n") === others.join("\n");
  } catch {
    return true;
  }
}
