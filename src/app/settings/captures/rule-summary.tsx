import type { CaptureSettings, NamingRule } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { captureKindName } from "../../../ui/captures/capture-kind.ts";
import { nameTakenLine } from "./name-taken.ts";

interface RuleSummaryProps {
  rule: NamingRule;
  first: boolean;
  last: boolean;
  onEdit: () => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

/** What a rule is for, in a word. */
export function siteName(rule: NamingRule): string {
  return rule.site === "" ? t("rule_any_site") : rule.site;
}

/** A rule that is not being edited. */
export function RuleSummary({ rule, first, last, onEdit, onMove, onRemove }: RuleSummaryProps) {
  const site = siteName(rule);
  const kinds = rule.kinds.length === 0 ? t("rule_any_kind") : rule.kinds.map(captureKindName).join(", ");
  return (
    <>
      <Words title={site} line={`${kinds} · ${nameTakenLine(rule.ifExists)}`} template={rule.template} />
      <div class="buttons">
        <Button kind="quiet" data-button="edit" aria-label={t("rule_edit_name", site)} onClick={onEdit}>
          {t("rule_edit")}
        </Button>
        {/* Not disabled at the ends: the focus stays where one moves a rule up again and again. */}
        <IconButton
          data-button="up"
          icon="arrow-up"
          label={t("rule_move_up_name", site)}
          aria-disabled={first || undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          data-button="down"
          icon="arrow-down"
          label={t("rule_move_down_name", site)}
          aria-disabled={last || undefined}
          onClick={() => onMove(1)}
        />
        <IconButton data-button="remove" icon="trash" label={t("rule_remove_name", site)} onClick={onRemove} />
      </div>
    </>
  );
}

interface FallbackSummaryProps {
  title: string;
  fallback: CaptureSettings["fallback"];
  onEdit: () => void;
}

/** The template for all that no rule names. */
export function FallbackSummary({ title, fallback, onEdit }: FallbackSummaryProps) {
  return (
    <>
      <Words title={title} line={nameTakenLine(fallback.ifExists)} template={fallback.template} />
      <div class="buttons">
        <Button kind="quiet" data-button="edit" aria-label={`${t("rule_edit")}: ${title}`} onClick={onEdit}>
          {t("rule_edit")}
        </Button>
      </div>
    </>
  );
}

function Words({ title, line, template }: { title: string; line: string; template: string }) {
  return (
    <div class="card-body">
      <h4 class="card-title">
        <bdi>{title}</bdi>
      </h4>
      <bdi class="mono card-line">{template}</bdi>
      <p class="small muted">{line}</p>
    </div>
  );
}
