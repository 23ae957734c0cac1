import { t } from "../../platform/i18n.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { explainHole } from "./explain-hole.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict in sentences, the first of which says it. */
export function verdictText(verdict: Verdict, settings: SetupSettings | null): string[] {
  const many = verdict.kind === "proven" ? 0 : verdict.steps.length;
  switch (verdict.kind) {
    case "hole": {
      const [first] = verdict.steps;
      const cause = first && explainHole(first, settings)?.cause;
      const more = many === 1 ? [] : [many === 2 ? t("proof_hole_more_one") : t("proof_hole_more_many", many - 1)];
      return [t("proof_hole"), ...(cause === undefined ? [] : [cause ?? ""]), ...more];
    }
    case "refused":
      return [t("proof_refused")];
    case "open":
      return [many === 1 ? t("proof_open_one") : t("proof_open_many", many), t("proof_open_why")];
    case "proven":
      return [t("proof_proven", verdict.denials), ...(verdict.withoutSites ? [t("proof_pool_note")] : [])];
  }
}
