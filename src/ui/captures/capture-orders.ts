import type { PendingCapture } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { count } from "../format/count.ts";
import { confirmed } from "../state/confirmation.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { captureName } from "./capture-name.ts";

const failed = (error: unknown) => showToast(t("capture_not_changed"), { error: asHoldallError(error) });

/** What a person can order of captures that are not stored yet. What does not come about is said in a toast. */
export const captureOrders = {
  retry: (id: string) => void call("captures.retry", { ids: [id] }).catch(failed),
  /** Also where it leads into this network. */
  allowAddress: (id: string) => void call("captures.retry", { ids: [id], allowAddress: true }).catch(failed),
  saveLink: (id: string) => void call("captures.saveLink", { id }).catch(failed),
  discard,
  takeOver: (owner: Owner) => call("captures.claim", { profile: owner.profile, take: true }).catch(failed),
  throwAway,
};

/** The bytes that are here already may be nowhere else by now: then it is asked first. False when it stays. */
async function discard({ id, state, title, url }: PendingCapture): Promise<boolean> {
  const ask = {
    title: t("capture_discard_title", captureName({ title, url })),
    text: t("capture_discard_text"),
    verb: t("capture_discard_verb"),
  };
  if ((state === "kept" || state === "sending") && !(await confirmed(ask))) return false;
  return await call("captures.discard", { ids: [id] }).then(
    () => true,
    (error) => {
      failed(error);
      return false;
    },
  );
}

async function throwAway(owner: Owner, many: number): Promise<void> {
  const ask = {
    title: many === 1 ? t("unclaimed_throw_title_one") : t("unclaimed_throw_title", count(many)),
    text: t("unclaimed_throw_text"),
    verb: many === 1 ? t("unclaimed_throw_verb_one") : t("unclaimed_throw_verb", count(many)),
  };
  if (await confirmed(ask)) await call("captures.claim", { profile: owner.profile, take: false }).catch(failed);
}
