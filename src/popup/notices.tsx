import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ItemRow, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { Button } from "../ui/button.tsx";
import { type Draft, listDrafts } from "../ui/state/drafts.ts";
import type { Owner } from "../ui/state/owner.ts";
import { SessionNotices } from "../ui/storage/session-notices.tsx";

interface NoticesProps {
  view: View;
  owner: Owner;
  onEdit: (row: ItemRow | null) => void;
}

/** What stands in the way, or waits: no network, an ended session, something typed and not saved. */
export function Notices({ view, owner, onEdit }: NoticesProps) {
  return (
    <>
      <SessionNotices view={view} owner={owner} />
      <DraftNotice owner={owner} onEdit={onEdit} />
    </>
  );
}

function DraftNotice({ owner, onEdit }: Omit<NoticesProps, "view">) {
  const drafts = useSignal<Draft[]>([]);
  useEffect(() => {
    // Nobody is told of a failure here: the draft shows again when its editor opens.
    listDrafts(owner).then(
      (found) => (drafts.value = found),
      () => null,
    );
  }, [owner, drafts]);
  const draft = drafts.value[0];
  if (draft === undefined) return null;
  // The basis is the row as it was: the editor compares it with the table's when it saves.
  const row = draft.original === null ? null : { sortKey: draft.original, attributes: draft.basis ?? {} };
  return (
    <div class="notice">
      <span class="grow clip">
        {t("draft_waiting")} <bdi>{draft.sortKey}</bdi>
      </span>
      <Button kind="quiet" onClick={() => onEdit(row)}>
        {t("draft_continue")}
      </Button>
    </div>
  );
}
