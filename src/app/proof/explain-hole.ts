import type { CheckStep } from "../../messaging/checks-view.ts";
import { t } from "../../platform/i18n.ts";
import { permissionPolicy } from "../../setup/permission-policy.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { type Change, type Explanation, jsonChange } from "../checks/change.ts";

const holes: Record<string, () => string> = {
  "items.get": () => t("proof_hole_items_read"),
  "items.query": () => t("proof_hole_items_read"),
  "items.put": () => t("proof_hole_items_write"),
  "items.update": () => t("proof_hole_items_write"),
  "items.delete": () => t("proof_hole_items_write"),
  "items.batch-get": () => t("proof_hole_items_mixed"),
  "items.batch-write": () => t("proof_hole_items_mixed"),
  "items.transact": () => t("proof_hole_items_mixed"),
  "items.neighbour": () => t("proof_hole_items_neighbour"),
  "items.scan": () => t("proof_hole_scan"),
  "items.partiql": () => t("proof_hole_partiql"),
  "items.describe": () => t("proof_hole_describe"),
  "items.other-table": () => t("proof_hole_other_table"),
  "objects.get": () => t("proof_hole_objects_read"),
  "objects.head": () => t("proof_hole_objects_read"),
  "objects.copy": () => t("proof_hole_objects_read"),
  "objects.version": () => t("proof_hole_objects_version"),
  "objects.put": () => t("proof_hole_objects_write"),
  "objects.upload": () => t("proof_hole_objects_write"),
  "objects.tag": () => t("proof_hole_objects_write"),
  "objects.delete": () => t("proof_hole_objects_delete"),
  "objects.delete-version": () => t("proof_hole_objects_delete"),
  "objects.site.get": () => t("proof_hole_objects_site"),
  "objects.site.put": () => t("proof_hole_objects_site"),
  "objects.neighbour": () => t("proof_hole_objects_neighbour"),
  "list.bare": () => t("proof_hole_lists"),
  "list.empty": () => t("proof_hole_lists"),
  "list.probe": () => t("proof_hole_lists"),
  "list.own-without-slash": () => t("proof_hole_lists"),
  "list.versions": () => t("proof_hole_versions"),
  "list.uploads": () => t("proof_hole_uploads"),
};

/** What a red line means, in a sentence. @param id of a step that found a hole */
function holeOf(id: string): string {
  if (id.startsWith("site-items.")) return t("proof_hole_site_items");
  return holes[id]?.() ?? t("proof_hole_site");
}

/** The hole, and the statement as it should be; null for a step that found none. */
export function explainHole({ id, error }: CheckStep, settings: SetupSettings | null): Explanation | null {
  if (error?.code !== "isolation-hole") return null;
  const change =
    id.startsWith("site.") || settings === null ? null : rightStatement(settings, error.facts.subs?.[0] ?? "");
  return { cause: holeOf(id), changes: change === null ? [] : [change] };
}

/** All that the policy may say about what an action reaches. @param action of IAM */
function rightStatement(settings: SetupSettings, action: string): Change | null {
  const sid = action.startsWith("dynamodb:")
    ? "OwnItems"
    : action.startsWith("s3:List")
      ? "ListOwnFolder"
      : "OwnObjects";
  const statement = permissionPolicy(settings).Statement.find(({ Sid }) => Sid === sid);
  if (statement === undefined) return null;
  const turning = {
    OwnItems: ["LeadingKeys", "ForAllValues", "Null", ":sub}", '"Resource"'],
    ListOwnFolder: ["s3:prefix", ":sub}"],
    OwnObjects: ['"Resource"'],
  };
  return jsonChange(t("doctor_in_permission_policy", settings.options.roleName, sid), statement, turning[sid]);
}
