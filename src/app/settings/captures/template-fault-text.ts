import { t } from "../../../platform/i18n.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import { checkTemplate } from "../../../shared/naming/check-template.ts";
import type { TemplateFault } from "../../../shared/naming/parse-template.ts";

const texts: Record<TemplateFault, (part: string) => string> = {
  empty: () => t("template_fault_empty"),
  "no-name": () => t("template_fault_no_name"),
  absolute: () => t("template_fault_absolute"),
  "dot-segment": (part) => t("template_fault_dot_segment", part),
  character: (part) => t("template_fault_character", visible(part)),
  unclosed: (part) => t("template_fault_unclosed", part),
  variable: (part) => t("template_fault_variable", part),
  length: (part) => t("template_fault_length", part),
  "too-long": () => t("template_fault_too_long"),
};

/** Why captures cannot be named by a template, as a sentence; null when they can. */
export function templateFaultText(template: string): string | null {
  try {
    checkTemplate(template);
    return null;
  } catch (error) {
    if (!(error instanceof HoldallError) || error.code !== "capture-template") throw error;
    const [, fault, part = ""] = error.facts.subs ?? [];
    return isFault(fault) ? texts[fault](part) : error.message;
  }
}

function isFault(fault: string | undefined): fault is TemplateFault {
  return fault !== undefined && Object.hasOwn(texts, fault);
}

/** Marks that cannot be seen go by their number. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return /[!-~]/.test(character) ? character : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
