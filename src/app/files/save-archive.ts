import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { showToast } from "../../ui/state/toasts.ts";

/** Saves files and folders of `prefix` as one zip; progress shows among the transfers. */
export async function saveArchive(owner: Owner, prefix: string, paths: string[]): Promise<void> {
  try {
    await call("files.saveArchive", { profile: owner.profile, prefix, paths });
  } catch (error) {
    showToast(t("zip_not_saved"), { error: asHoldallError(error) });
  }
}
