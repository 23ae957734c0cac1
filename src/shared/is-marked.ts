/**
 * For the `instanceof` of errors of which there may be several classes: each of the background's scripts carries a copy of its
 * own (late-script.ts), and an error of the one must be one to the other. So they are known by a symbol of the registry that
 * all scripts share, not by their class. A message cannot forge it, since structured clone leaves symbols behind.
 */
export function isMarked(value: unknown, mark: symbol): boolean {
  return typeof value === "object" && value !== null && mark in value;
}
