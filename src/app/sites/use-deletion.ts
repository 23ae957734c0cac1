import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import { count } from "../../ui/format/count.ts";
import { showToast } from "../../ui/state/toasts.ts";

export interface Deletion {
  /** Null while nothing is being deleted; `total` null until the first answer. */
  progress: { deleted: number; total: number | null } | null;
  error: HoldallError | null;
  start: () => Promise<void>;
  /** After what is under way: some at a time are deleted. */
  cancel: () => void;
}

/** Deletes all that a site stored, some at a time, until nothing is left or it is cancelled. Leaving the page cancels it. */
export function useDeletion(profile: string, origin: string): Deletion {
  const progress = useSignal<Deletion["progress"]>(null);
  const error = useSignal<HoldallError | null>(null);
  const run = useRef(0);
  const cancel = () => {
    run.current += 1;
    const { deleted = 0 } = progress.value ?? {};
    if (progress.value !== null) showToast(t("site_data_cancelled", count(deleted)));
    progress.value = null;
  };
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );
  const start = async () => {
    run.current += 1;
    const mine = run.current;
    error.value = null;
    progress.value = { deleted: 0, total: null };
    try {
      let deleted = 0;
      let left = Number.POSITIVE_INFINITY;
      while (left > 0) {
        const answer = await call("sites.deleteData", { profile, origin });
        if (mine !== run.current) return;
        deleted += answer.deleted;
        left = answer.left;
        progress.value = { deleted, total: deleted + left };
        // What cannot be deleted now stays so: asking for ever would not help.
        if (answer.deleted === 0) break;
      }
      progress.value = null;
      showToast(outcome(deleted, left));
    } catch (cause) {
      if (mine !== run.current) return;
      progress.value = null;
      error.value = asHoldallError(cause);
    }
  };
  return { progress: progress.value, error: error.value, start, cancel };
}

function outcome(deleted: number, left: number): string {
  if (left > 0) return t("site_data_left", count(deleted), count(left));
  return deleted === 0 ? t("site_data_nothing") : t("site_data_deleted", count(deleted));
}
