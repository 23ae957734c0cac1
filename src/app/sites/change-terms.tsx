import { useSignal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { SiteRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { draftOfGrant, faultsOf, hasFaults, type Terms, termsOf } from "../../ui/sites/terms-draft.ts";
import { TermsForm } from "../../ui/sites/terms-form.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { useCommand } from "../../ui/state/use-command.ts";

interface ChangeTermsProps {
  owner: Owner;
  row: SiteRow;
  area: string;
  onClose: () => void;
  onChanged: () => Promise<void>;
}

/** The terms of a site that is connected, to be changed; of one whose time is over, to connect it again. */
export function ChangeTerms({ owner, row: { grant, state }, area, onClose, onChanged }: ChangeTermsProps) {
  const { origin } = grant;
  const expired = state === "expired";
  const draft = useSignal(draftOfGrant(grant, state));
  const save = useCommand(async (terms: Terms) => {
    await call("sites.change", { profile: owner.profile, origin, ...terms });
    onClose();
    await onChanged();
  });
  const faults = faultsOf(draft.value, owner.identity);
  const able = !hasFaults(faults);
  return (
    <Dialog title={t("site_change_title", shortOrigin(origin))} onClose={onClose}>
      <TermsForm
        draft={draft.value}
        faults={faults}
        wish={null}
        present={expired ? null : grant}
        area={area}
        onChange={(part) => {
          draft.value = { ...draft.value, ...part };
        }}
      />
      {save.error && <ErrorPanel error={save.error} />}
      <p class="small muted" role="status">
        {faults.nothing === true ? t("site_change_nothing") : expired ? "" : t("site_change_hint")}
      </p>
      <div class="buttons end">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button
          kind="primary"
          busy={save.pending}
          aria-disabled={!able}
          onClick={() => able && save.run(termsOf(draft.value, Date.now(), grant))}
        >
          {expired ? t("site_connect_again") : t("site_change_save")}
        </Button>
      </div>
    </Dialog>
  );
}
