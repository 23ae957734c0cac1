/** What lies behind a failed step, and the exact lines that mend it. The sentence itself is the error's own text. */
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import { t } from "../../platform/i18n.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import type { Profile } from "../../shared/profile.ts";
import { providerFamily } from "../../shared/provider-family.ts";
import type { WireError } from "../../shared/result.ts";
import { type Change, changeOf, type Explanation, memberChange } from "../checks/change.ts";
import { audienceChange, providerChange, statementChange, trustChange } from "./policy-changes.ts";
import { clientKindPlace, redirectChange, signaturePlace } from "./provider-settings.ts";

export interface Around {
  run: CheckRun;
  profile: Profile;
  settings: SetupSettings;
}

type Explain = (error: WireError, around: Around, step: CheckStep) => Explanation;

const inProfile = () => t("doctor_in_profile");
const profileLine = (name: string, value: unknown): Change[] => [memberChange(inProfile(), name, value)];
const only = (cause: string): Explanation => ({ cause, changes: [] });

const explanations: Record<string, Explain> = {
  "permission-needed": () => only(t("doctor_cause_permission")),
  offline: () => only(t("doctor_cause_offline")),
  "issuer-unreachable": ({ facts }, { profile }, { id }) =>
    id === "exchange"
      ? only(t("doctor_cause_sts_cannot_reach", facts.subs?.[0] ?? profile.issuer))
      : { cause: t("doctor_cause_issuer_unreachable"), changes: profileLine("issuer", profile.issuer) },
  "issuer-not-openid": (_, { profile }, { id }) =>
    id === "keys"
      ? only(t("doctor_cause_no_keys"))
      : { cause: t("doctor_cause_not_openid"), changes: profileLine("issuer", profile.issuer) },
  "issuer-mismatch": ({ facts }) => ({
    cause: t("doctor_cause_mismatch"),
    changes: profileLine("issuer", facts.subs?.[1] ?? ""),
  }),
  "issuer-insecure": () => only(t("doctor_cause_insecure")),
  "provider-lacks": (_, { profile }, { id, facts }) => {
    const family = providerFamily(profile.issuer, { authorization_endpoint: facts.authorization });
    const place = id === "keys" ? signaturePlace(family) : clientKindPlace(family);
    return {
      cause: id === "keys" ? t("doctor_cause_key_kinds") : t("doctor_cause_client_kind"),
      changes: place === null ? [] : [changeOf(t("doctor_at_provider"), place)],
    };
  },
  "client-refused": (_, { profile, run }, { facts }) => {
    const discovery = run.steps.find(({ id }) => id === "discovery")?.facts;
    const family = providerFamily(profile.issuer, {
      authorization_endpoint: discovery?.authorization,
      token_endpoint: discovery?.token,
    });
    return {
      cause: t("doctor_cause_client_refused"),
      changes: [redirectChange(family, facts.redirect), ...profileLine("clientId", profile.clientId)],
    };
  },
  "clock-wrong": () => only(t("doctor_cause_clock")),
  "sts-unreachable": (_, { profile }) => ({
    cause: t("doctor_cause_sts"),
    changes: [
      ...profileLine("region", profile.region),
      ...(profile.endpoints.sts === undefined ? [] : profileLine("sts", profile.endpoints.sts)),
    ],
  }),
  "id-token-issuer": (_, __, { facts }) => ({
    cause: t("doctor_cause_token_issuer"),
    changes: profileLine("issuer", facts.iss ?? ""),
  }),
  "id-token-audience": (_, __, { facts }) => ({
    cause: t("doctor_cause_token_audience"),
    changes: profileLine("clientId", facts.azp ?? facts.aud ?? ""),
  }),
  "id-token-expired": () => only(t("doctor_cause_token_time")),
  "id-token-signature": () => only(t("doctor_cause_token_key")),
  "id-token-subject": () => only(t("doctor_cause_token_subject")),
  "identity-refused": () => only(t("doctor_cause_identity")),
  "session-ended": () => only(t("doctor_cause_session_ended")),
  "provider-unknown": (_, { settings }) => ({
    cause: t("doctor_cause_provider_unknown"),
    changes: [providerChange(settings)],
  }),
  "token-refused": (_, { settings }) => ({
    cause: t("doctor_cause_token_refused"),
    changes: settings.credentials === "webIdentity" ? [audienceChange(settings)] : [],
  }),
  "trust-refused": (_, { settings }) => ({ cause: t("doctor_cause_trust"), changes: [trustChange(settings)] }),
  "identity-changed": () => only(t("doctor_cause_identity_changed")),
  "table-missing": (_, { profile }) => ({
    cause: t("doctor_cause_table_missing", profile.region),
    changes: [...profileLine("name", profile.table.name), ...profileLine("region", profile.region)],
  }),
  "table-keys": (_, { profile }) => ({
    cause: t("doctor_cause_table_keys"),
    changes: profileLine("table", profile.table),
  }),
  "access-denied": ({ facts }, { settings }) => {
    const action = facts.subs?.[0] ?? "";
    if (/kms:/.test(facts.detail ?? "")) return only(t("doctor_cause_kms"));
    const change = statementChange(settings, action);
    return { cause: t("doctor_cause_denied", action), changes: change === null ? [] : [change] };
  },
  "bucket-missing": (_, { profile }) => ({
    cause: t("doctor_cause_bucket_missing"),
    changes: profileLine("name", profile.bucket.name),
  }),
  "wrong-region": ({ facts }) => ({
    cause: t("doctor_cause_region"),
    changes: profileLine("region", facts.subs?.[1] ?? ""),
  }),
  unreachable: (_, { profile }, { id }) => ({
    cause: t("doctor_cause_unreachable"),
    changes:
      id.startsWith("items") || id === "table" ? [] : profileLine("forcePathStyle", !profile.bucket.forcePathStyle),
  }),
  timeout: () => only(t("doctor_cause_timeout")),
  "not-aws": () => only(t("doctor_cause_not_aws")),
  "checksum-missing": () => ({ cause: t("doctor_cause_checksum"), changes: profileLine("checksum", "none") }),
  "service-refused": (_, __, { id }) =>
    id === "objects.put"
      ? { cause: t("doctor_cause_put_refused"), changes: profileLine("checksum", "none") }
      : only(t("doctor_cause_refused")),
};

/** Null for what needs no more words than the error's own, and for what is not a failure. */
export function explain(step: CheckStep, around: Around): Explanation | null {
  if (step.state !== "failed" || step.error === null) return null;
  return explanations[step.error.code]?.(step.error, around, step) ?? null;
}
