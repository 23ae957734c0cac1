import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import { count } from "../../ui/format/count.ts";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { confirmed } from "../../ui/state/confirmation.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { goTo } from "../route.ts";
import { useDeletion } from "./use-deletion.ts";

interface SiteDataProps {
  owner: Owner;
  origin: string;
  /** The path of the site's own area in the folder. */
  area: string;
  /** False where something above says it already. */
  headed?: boolean;
}

/** What the site stored in its own area: save it all, delete it all. */
export function SiteData({ owner: { profile }, origin, area, headed = true }: SiteDataProps) {
  const deletion = useDeletion(profile, origin);
  const save = useCommand(async () => {
    const saved = await call("sites.export", { profile, origin }).catch((cause) => {
      // Nothing failed: the error's words are about a folder that was chosen.
      if (asHoldallError(cause).code === "archive-empty") return null;
      throw cause;
    });
    if (saved === null) {
      showToast(t("site_data_nothing"));
      return;
    }
    const { transferId, items } = saved;
    const action = { label: t("transfers"), run: () => goTo({ page: "transfers" }) };
    // Its items are saved by then, its files are on their way.
    if (transferId === null) showToast(t("site_data_items_saved", count(items)));
    else showToast(t("site_data_saving", count(items)), { action });
  });
  const remove = async () => {
    const title = t("site_data_delete_title", shortOrigin(origin));
    const yes = await confirmed({ title, text: t("site_data_delete_text", area), verb: t("site_data_delete_verb") });
    if (yes) await deletion.start();
  };
  const { progress, error } = deletion;
  return (
    <section class="site-data" aria-label={t("site_data")}>
      {headed && <h2>{t("site_data")}</h2>}
      <p class="muted">
        {t("site_data_hint")} <bdi class="mono">{area}</bdi>
      </p>
      {progress === null ? (
        <div class="buttons">
          <Button icon="download" busy={save.pending} onClick={() => save.run()}>
            {t("site_data_save")}
          </Button>
          <Button icon="trash" kind="danger" onClick={() => void remove()}>
            {t("site_data_delete")}
          </Button>
        </div>
      ) : (
        <div class="site-deleting">
          <progress
            aria-label={t("site_data_deleting")}
            {...(progress.total === null ? {} : { value: progress.deleted, max: progress.total })}
          />
          <span class="small" role="status">
            {progress.total === null
              ? t("site_data_deleting")
              : t("site_data_deleted_of", count(progress.deleted), count(progress.total))}
          </span>
          <Button onClick={deletion.cancel}>{t("cancel")}</Button>
        </div>
      )}
      {save.error && <ErrorPanel error={save.error} onRetry={() => void save.run()} />}
      {error && <ErrorPanel error={error} onRetry={() => void deletion.start()} />}
    </section>
  );
}
