import { useEffect } from "preact/hooks";
import { t } from "../../../platform/i18n.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { ErrorDetails } from "../../../ui/error-panel.tsx";
import { FileName } from "../../../ui/file-name.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { Owner } from "../../../ui/state/owner.ts";
import { failureText, stateOf } from "./deletion-words.ts";
import { cancelDeletion, type Deletion, deletions, dismissDeletion, restoreDeletion } from "./deletions.ts";
import { tellStopped } from "./stopped-deletions.ts";

/** Deletions of folders, wherever in the app one is: how far they are, and when they have ended what became of them. */
export function DeletionStrip({ owner }: { owner: Owner }) {
  useEffect(() => void tellStopped(owner), [owner.profile, owner.identity]);
  if (deletions.value.length === 0) return null;
  return (
    <section class="transfers" aria-label={t("deletions")}>
      <ul>
        {deletions.value.map((deletion) => (
          <DeletionRow key={deletion.id} deletion={deletion} owner={owner} />
        ))}
      </ul>
    </section>
  );
}

function DeletionRow({ deletion, owner }: { deletion: Deletion; owner: Owner }) {
  const { id, name, tried, objects, ending, doing, gone, cancelling } = deletion;
  const failures = ending?.failures ?? [];
  const [outcome, icon] =
    failures.length > 0
      ? (["failed", "alert"] as const)
      : ending?.how === "all"
        ? (["done", "check"] as const)
        : (["", "trash"] as const);
  return (
    <li class={`transfer deletion ${outcome}`}>
      <Icon name={icon} />
      <div class="transfer-body">
        <div class="transfer-line">
          <FileName name={name} />
          {/* Said once it has ended, not at each step. */}
          <span class="small muted" role="status" aria-busy={ending === null}>
            {stateOf(deletion)}
          </span>
        </div>
        <progress
          class={ending === null ? "" : "unseen"}
          aria-label={t(doing === "delete" ? "deletion_deleting" : "deletion_bringing_back", name)}
          value={tried}
          max={Math.max(objects, 1)}
        />
        {failures.map((failure) => (
          <div key={failure.error.code} class="small">
            <p>{failureText(failure, doing)}</p>
            <ErrorDetails error={failure.error} doctor />
          </div>
        ))}
      </div>
      {ending === null ? (
        <Button busy={cancelling} onClick={() => cancelDeletion(id)}>
          {t("cancel")}
        </Button>
      ) : (
        <>
          {gone.length > 0 && <Button onClick={() => restoreDeletion(owner, id)}>{t("undo")}</Button>}
          <IconButton icon="x" label={t("dismiss")} onClick={() => dismissDeletion(id)} />
        </>
      )}
    </li>
  );
}
