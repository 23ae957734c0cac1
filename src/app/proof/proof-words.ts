import type { CheckStep } from "../../messaging/checks-view.ts";
import { t } from "../../platform/i18n.ts";
import type { CheckWords, StepGroup } from "../checks/step-words.ts";
import { isDenial } from "./verdict.ts";

/** The isolation proof's run in words. */
export const proofWords = (): CheckWords => ({
  groups: proofGroups(),
  unproven: unprovenNote,
  fact: factLabel,
  state: stateOf,
});

/** Passed is what was denied, or what was allowed. */
function stateOf({ id, state, error }: CheckStep): string | null {
  if (state === "failed")
    return t(error?.code === "isolation-hole" ? "proof_state_let_through" : "proof_state_refused");
  if (state !== "passed" || id === "sign-in") return null;
  return t(isDenial(id) ? "proof_state_denied" : "proof_state_allowed");
}

/** The proof's lines as people read them. */
function proofGroups(): StepGroup[] {
  return [
    {
      title: t("proof_group_session"),
      steps: [["sign-in", t("proof_step_sign_in")]],
    },
    {
      title: t("proof_group_own"),
      steps: [
        ["own.items.put", t("proof_step_own_items_put")],
        ["own.items.get", t("proof_step_own_items_get")],
        ["own.items.query", t("proof_step_own_items_query")],
        ["own.items.update", t("proof_step_own_items_update")],
        ["own.items.delete", t("proof_step_own_items_delete")],
        ["own.list", t("proof_step_own_list")],
        ["own.objects.put", t("proof_step_own_objects_put")],
        ["own.objects.get", t("proof_step_own_objects_get")],
        ["own.objects.head", t("proof_step_own_objects_head")],
        ["own.objects.delete", t("proof_step_own_objects_delete")],
      ],
    },
    {
      title: t("proof_group_items"),
      steps: [
        ["items.get", t("proof_step_items_get")],
        ["items.query", t("proof_step_items_query")],
        ["items.put", t("proof_step_items_put")],
        ["items.update", t("proof_step_items_update")],
        ["items.delete", t("proof_step_items_delete")],
        ["items.batch-get", t("proof_step_items_batch_get")],
        ["items.batch-write", t("proof_step_items_batch_write")],
        ["items.transact", t("proof_step_items_transact")],
        ["items.neighbour", t("proof_step_items_neighbour")],
      ],
    },
    {
      title: t("proof_group_site_items"),
      steps: [
        ["site-items.get", t("proof_step_site_items_get")],
        ["site-items.query", t("proof_step_site_items_query")],
        ["site-items.put", t("proof_step_site_items_put")],
        ["site-items.update", t("proof_step_site_items_update")],
        ["site-items.delete", t("proof_step_site_items_delete")],
        ["site-items.batch-get", t("proof_step_site_items_batch_get")],
        ["site-items.batch-write", t("proof_step_site_items_batch_write")],
        ["site-items.transact", t("proof_step_site_items_transact")],
      ],
    },
    {
      title: t("proof_group_table"),
      steps: [
        ["items.scan", t("proof_step_items_scan")],
        ["items.partiql", t("proof_step_items_partiql")],
        ["items.describe", t("proof_step_items_describe")],
        ["items.other-table", t("proof_step_items_other_table")],
      ],
    },
    {
      title: t("proof_group_objects"),
      steps: [
        ["objects.get", t("proof_step_objects_get")],
        ["objects.head", t("proof_step_objects_head")],
        ["objects.version", t("proof_step_objects_version")],
        ["objects.copy", t("proof_step_objects_copy")],
        ["objects.put", t("proof_step_objects_put")],
        ["objects.upload", t("proof_step_objects_upload")],
        ["objects.tag", t("proof_step_objects_tag")],
        ["objects.delete", t("proof_step_objects_delete")],
        ["objects.delete-version", t("proof_step_objects_delete_version")],
        ["objects.site.get", t("proof_step_objects_site_get")],
        ["objects.site.put", t("proof_step_objects_site_put")],
        ["objects.neighbour", t("proof_step_objects_neighbour")],
      ],
    },
    {
      title: t("proof_group_lists"),
      steps: [
        ["list.bare", t("proof_step_list_bare")],
        ["list.empty", t("proof_step_list_empty")],
        ["list.probe", t("proof_step_list_probe")],
        ["list.own-without-slash", t("proof_step_list_own_without_slash")],
        ["list.versions", t("proof_step_list_versions")],
        ["list.uploads", t("proof_step_list_uploads")],
      ],
    },
    {
      title: t("proof_group_site"),
      steps: [
        ["site.session", t("proof_step_site_session")],
        ["site.own.object", t("proof_step_site_own_object")],
        ["site.own.item", t("proof_step_site_own_item")],
        ["site.other.object", t("proof_step_site_other_object")],
        ["site.other.item", t("proof_step_site_other_item")],
        ["site.other.list", t("proof_step_site_other_list")],
        ["site.other.site", t("proof_step_site_other_site")],
        ["site.probe", t("proof_step_site_probe")],
      ],
    },
  ];
}

function unprovenNote(): string {
  return t("proof_unproven");
}

/** What a fact is, for people. */
function factLabel(name: string): string {
  const labels: Record<string, string> = {
    identity: t("doctor_fact_identity"),
    action: t("proof_fact_action"),
    on: t("proof_fact_on"),
    answer: t("proof_fact_answer"),
    noAnswer: t("proof_fact_no_answer"),
    requestId: t("proof_fact_request_id"),
    left: t("proof_fact_left"),
    folder: t("proof_fact_folder"),
    partition: t("proof_fact_partition"),
  };
  return labels[name] ?? name;
}
