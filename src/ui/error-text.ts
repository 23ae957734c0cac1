import { language, t } from "../platform/i18n.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { fromWireError, toWireError, type WireError } from "../shared/result.ts";
import { shortRole } from "./roles/short-role.ts";

/** What happened and why, then what to do, as sentences for people. */
export function errorText(error: WireError): { what: string; fix: string } {
  const key = error.code.replaceAll("-", "_");
  const counts = /-too-(?:large|long)$/.test(error.code);
  const subs = (error.facts.subs ?? []).map((text) =>
    counts ? grouped(text) : error.code === "trust-refused" ? shortRole(text) : visible(text),
  );
  return { what: t(`error_${key}`, ...subs), fix: t(`fix_${key}`, ...subs) };
}

/** `410045` → `410,045`, as the person's language writes it. */
function grouped(bytes: string): string {
  return /^\d+$/.test(bytes) ? Number(bytes).toLocaleString(language()) : bytes;
}

/** Control characters as JSON writes them, or the name that is refused for one would look like any other. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (mark) => JSON.stringify(mark).slice(1, -1));
}

/** Anything thrown, with a code. */
export function asHoldallError(cause: unknown): HoldallError {
  return cause instanceof HoldallError ? cause : fromWireError(toWireError(cause));
}

/** Name and value of every fact worth giving to an administrator or to AWS support. */
export function errorFacts({ code, facts }: WireError): [label: string, value: string][] {
  const rows: [string, string | number | undefined][] = [
    [t("error_code"), code],
    // The sentence has the role's name alone.
    [t("account_role"), code === "trust-refused" ? facts.subs?.[0] : undefined],
    [t("error_service"), facts.service],
    [t("error_aws_code"), facts.awsCode],
    [t("error_status"), facts.status],
    [t("error_request_id"), facts.requestId],
    [t("error_detail"), facts.detail],
  ];
  return rows.flatMap(([label, value]) => (value === undefined || value === "" ? [] : [[label, String(value)]]));
}
