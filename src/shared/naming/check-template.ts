import { parseTemplate } from "./parse-template.ts";

/**
 * Can captures be named by it?
 * @throws HoldallError `capture-template` with the template, a `TemplateFault`, and the part that is at fault
 */
export function checkTemplate(template: string): void {
  parseTemplate(template);
}

/** Does it need a number that goes up with every capture? @throws HoldallError `capture-template` */
export function usesCounter(template: string): boolean {
  return parseTemplate(template).some((parts) =>
    parts.some((part) => typeof part !== "string" && part.some(({ variable }) => variable === "counter")),
  );
}
