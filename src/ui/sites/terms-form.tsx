import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import type { SiteGrant, SiteWish } from "../../shared/site/site-grant.ts";
import { AccessChoice } from "./access-choice.tsx";
import { FolderField } from "./folder-field.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { PartOption } from "./part-option.tsx";
import type { TermsDraft, TermsFaults } from "./terms-draft.ts";
import { UntilField } from "./until-field.tsx";

export interface TermsFormProps {
  draft: TermsDraft;
  faults: TermsFaults;
  /** What the page asked for, where the person should see it beside the choice. */
  wish: Pick<SiteWish, "folder" | "ownItems"> | null;
  present: SiteGrant | null;
  /** The path of the site's own area in the folder. */
  area: string;
  onChange: (part: Partial<TermsDraft>) => void;
}

/** Files and items, which part of them, until when and how much. */
export function TermsForm({ draft, faults, wish, present, area, onChange }: TermsFormProps) {
  const id = useId();
  return (
    <div class="terms">
      <AccessChoice what="files" value={draft.files} onChange={(files) => onChange({ files })}>
        <PartOption
          name={`${id}-folder`}
          label={t("site_part_own")}
          hint={<bdi class="mono">{area}</bdi>}
          checked={!draft.elsewhere}
          onChoose={() => onChange({ elsewhere: false })}
        />
        <PartOption
          name={`${id}-folder`}
          label={t("site_part_folder")}
          hint={wish?.folder ? t("site_wish_folder", wish.folder) : t("site_part_folder_hint")}
          checked={draft.elsewhere}
          onChoose={() => onChange({ elsewhere: true })}
        />
        {draft.elsewhere && (
          <FolderField value={draft.folder} fault={faults.folder} onInput={(folder) => onChange({ folder })} />
        )}
      </AccessChoice>
      <AccessChoice what="items" value={draft.items} onChange={(items) => onChange({ items })}>
        <PartOption
          name={`${id}-items`}
          label={t("site_part_own_items")}
          hint={t("site_part_own_items_hint")}
          checked={!draft.ownItems}
          onChoose={() => onChange({ ownItems: false })}
        />
        <PartOption
          name={`${id}-items`}
          label={t("site_part_all_items")}
          hint={wish?.ownItems ? t("site_wish_items") : t("site_part_all_items_hint")}
          checked={draft.ownItems}
          onChoose={() => onChange({ ownItems: true })}
        />
        {draft.ownItems && <p class="notice warn">{t("site_all_items_warning")}</p>}
      </AccessChoice>
      <UntilField value={draft.until} present={present} onChange={(until) => onChange({ until })} />
      <LimitFields draft={draft} faults={faults} onChange={onChange} />
    </div>
  );
}
