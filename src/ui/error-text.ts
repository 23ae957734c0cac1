import { t } from "../platform/i18n.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { fromWireError, toWireError, type WireError } from "../shared/result.ts";

/** What happened and why, then what to do, as sentences for people. */
export function errorText(error: WireError): { what: string; fix: string } {
  const key = error.code.replaceAll("-", "_");
  const subs = error.facts.subs ?? [];
  return { what: t(`error_${key}`, ...subs), fix: t(`fix_${key}`, ...subs) };
}

/** Anything thrown, with a code. */
export function asHoldallError(cause: unknown): HoldallError {
  return cause instanceof HoldallError ? cause : fromWireError(toWireError(cause));
}

/** Name and value of every fact worth giving to an administrator or to AWS support. */
export function errorFacts({ code, facts }: WireError): [label: string, value: string][] {
  const rows: [string, string | number | undefined][] = [
    [t("error_code"), code],
    [t("error_service"), facts.service],
    [t("error_aws_code"), facts.awsCode],
    [t("error_status"), facts.status],
    [t("error_request_id"), facts.requestId],
    [t("error_detail"), facts.detail],
  ];
  return rows.flatMap(([label, value]) => (value === undefined || value === "" ? [] : [[label, String(value)]]));
}
