/**
 * The profile's text out of what an administrator may paste: the profile itself, `aws cloudformation describe-stacks` (whole, or
 * one stack, or its outputs), `terraform output -json`, or either's value in quotes. All else comes back as it is, so that the
 * profile's own errors tell what is wrong with it, and so does what names more than one profile: it is for the person to
 * choose, not for a program.
 */
export function parseOutputs(text: string): string {
  const value = json(text);
  if (typeof value === "string") return looksLikeProfile(json(value)) ? value : text;
  const found = [...new Set(profilesIn(value))];
  return found.length === 1 ? (found[0] ?? text) : text;
}

function profilesIn(value: unknown): string[] {
  if (looksLikeProfile(value)) return [];
  const stacks = [value, field(value, "Stacks")].flat();
  const outputs = stacks.flatMap((stack) => [stack, field(stack, "Outputs")].flat());
  const values = outputs
    .filter((output) => field(output, "OutputKey") === "Profile")
    .map((output) => field(output, "OutputValue"));
  return [...values, field(field(value, "profile"), "value")].filter(
    (one): one is string => typeof one === "string" && looksLikeProfile(json(one)),
  );
}

function looksLikeProfile(value: unknown): boolean {
  return field(value, "holdall") !== undefined;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
