import { call } from "../../messaging/client.ts";
import type { Input } from "../../messaging/protocol.ts";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { count } from "../format/count.ts";
import { showToast } from "../state/toasts.ts";
import { checkReadable } from "../storage/uploads.ts";

export type Which = Input<"transfers.cancel">["which"];

const failed = (error: unknown) => showToast(t("transfer_not_changed"), { error: asHoldallError(error) });

/** What a person can order of transfers. What does not come about is said in a toast. */
export const orders = {
  pause: (which: Which) => void call("transfers.pause", { which }).catch(failed),
  unpause: (which: Which) => void call("transfers.unpause", { which }).catch(failed),
  cancel: (which: Which) => void call("transfers.cancel", { which }).catch(failed),
  dismiss: (which: Which) => void call("transfers.dismiss", { which }).catch(failed),
  retry: (which: Which, ifExists?: "replace" | "keep-both") =>
    void call("transfers.retry", ifExists === undefined ? { which } : { which, ifExists }).catch(failed),
  move: (ids: string[], before: string | null) => void call("transfers.move", { ids, before }).catch(failed),
};

/** Gives an upload the file that it waits for. */
export async function provideFile({ id, name }: Pick<TransferView, "id" | "name">, file: File): Promise<void> {
  try {
    await checkReadable(file);
    await call("transfers.provide", { id, file, size: file.size });
  } catch (error) {
    showToast(t("file_not_provided", file.name, name), { error: asHoldallError(error) });
  }
}

/** Aborts what is left of uploads in S3, and says how much that was. */
export async function cleanUp(): Promise<void> {
  try {
    const { aborted, left } = await call("transfers.cleanUp", {});
    showToast(left === 0 ? t("cleaned_up", count(aborted)) : t("cleaned_up_partly", count(aborted), count(left)));
  } catch (error) {
    failed(error);
  }
}
