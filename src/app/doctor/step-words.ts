import { t } from "../../platform/i18n.ts";
import type { CheckWords, StepGroup } from "../checks/step-words.ts";

/** The doctor's run in words. */
export const doctorWords = (): CheckWords => ({ groups: doctorGroups(), unproven: unprovenNote, fact: factLabel });

/** The doctor's steps as people read them. */
function doctorGroups(): StepGroup[] {
  return [
    {
      title: t("doctor_group_extension"),
      steps: [
        ["permissions", t("doctor_step_permissions")],
        ["network", t("doctor_step_network")],
      ],
    },
    {
      title: t("doctor_group_provider"),
      steps: [
        ["discovery", t("doctor_step_discovery")],
        ["pkce", t("doctor_step_pkce")],
        ["scopes", t("doctor_step_scopes")],
        ["keys", t("doctor_step_keys")],
        ["redirect", t("doctor_step_redirect")],
      ],
    },
    {
      title: t("doctor_group_credentials"),
      steps: [
        ["clock", t("doctor_step_clock")],
        ["sign-in", t("doctor_step_sign_in")],
        ["token", t("doctor_step_token")],
        ["exchange", t("doctor_step_exchange")],
        ["trust", t("doctor_step_trust")],
      ],
    },
    {
      title: t("doctor_group_items"),
      steps: [
        ["table", t("doctor_step_table")],
        ["items.get", t("doctor_step_items_get")],
        ["items.query", t("doctor_step_items_query")],
        ["items.put", t("doctor_step_items_put")],
        ["items.update", t("doctor_step_items_update")],
        ["items.delete", t("doctor_step_items_delete")],
      ],
    },
    {
      title: t("doctor_group_files"),
      steps: [
        ["bucket", t("doctor_step_bucket")],
        ["region", t("doctor_step_region")],
        ["objects.list", t("doctor_step_objects_list")],
        ["objects.put", t("doctor_step_objects_put")],
        ["checksum", t("doctor_step_checksum")],
        ["objects.head", t("doctor_step_objects_head")],
        ["objects.get", t("doctor_step_objects_get")],
        ["objects.range", t("doctor_step_objects_range")],
        ["objects.copy", t("doctor_step_objects_copy")],
        ["links", t("doctor_step_links")],
        ["objects.multipart", t("doctor_step_objects_multipart")],
        ["objects.parts", t("doctor_step_objects_parts")],
        ["objects.abort", t("doctor_step_objects_abort")],
        ["objects.delete", t("doctor_step_objects_delete")],
        ["objects.versions", t("doctor_step_objects_versions")],
      ],
    },
  ];
}

/** What it means that a step could not be proven. */
function unprovenNote(id: string): string {
  switch (id) {
    case "pkce":
      return t("doctor_unproven_pkce");
    case "redirect":
      return t("doctor_unproven_redirect");
    case "clock":
      return t("doctor_unproven_clock");
    default:
      return t("doctor_unproven_denied");
  }
}

/** What a fact is, for people; the claims of a token keep their own names. */
function factLabel(name: string): string {
  const labels: Record<string, string> = {
    hosts: t("doctor_fact_hosts"),
    host: t("doctor_fact_host"),
    issuer: t("doctor_fact_issuer"),
    authorization: t("doctor_fact_authorization"),
    token: t("doctor_fact_token"),
    keys: t("doctor_fact_keys"),
    methods: t("doctor_fact_methods"),
    scopes: t("doctor_fact_scopes"),
    unlisted: t("doctor_fact_unlisted"),
    algorithms: t("doctor_fact_algorithms"),
    keyIds: t("doctor_fact_key_ids"),
    keyId: t("doctor_fact_key_id"),
    redirect: t("doctor_fact_redirect"),
    client: t("doctor_fact_client"),
    offset: t("doctor_fact_offset"),
    identity: t("doctor_fact_identity"),
    expires: t("doctor_fact_expires"),
    others: t("doctor_fact_others"),
    table: t("doctor_fact_table"),
    tableKeys: t("doctor_fact_table_keys"),
    region: t("doctor_fact_region"),
    bucket: t("doctor_fact_bucket"),
    address: t("doctor_fact_address"),
    version: t("doctor_fact_version"),
    checksum: t("doctor_fact_checksum"),
    seconds: t("doctor_fact_seconds"),
  };
  return labels[name] ?? name;
}
