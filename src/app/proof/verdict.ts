import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";

/**
 * What a whole run says. `hole`: IAM lets something through. `refused`: it lets nothing through, but not what it should either.
 * `open`: nothing is wrong as far as was seen, and not all was seen. `proven`: all of it was.
 */
export type Verdict =
  | { kind: "hole"; steps: CheckStep[] }
  | { kind: "refused"; steps: CheckStep[] }
  | { kind: "open"; steps: CheckStep[] }
  | { kind: "proven"; denials: number; withoutSites: boolean };

/** @returns null while it runs */
export function verdictOf({ endedAt, steps }: CheckRun): Verdict | null {
  if (endedAt === null) return null;
  const red = steps.filter(({ state }) => state === "failed");
  const holes = red.filter(({ error }) => error?.code === "isolation-hole");
  if (holes.length > 0) return { kind: "hole", steps: holes };
  if (red.length > 0) return { kind: "refused", steps: red };
  const tried = steps.filter(({ facts }) => facts.because !== "identity-pool");
  const open = tried.filter(({ state }) => state !== "passed");
  if (open.length > 0) return { kind: "open", steps: open };
  const denials = tried.filter(({ id }) => isDenial(id)).length;
  return { kind: "proven", denials, withoutSites: tried.length < steps.length };
}

/** Whether a line is green when the service denies it. */
export function isDenial(id: string): boolean {
  return id !== "sign-in" && !id.startsWith("own.") && !id.startsWith("site.own.") && id !== "site.session";
}
