import { t } from "../platform/i18n.ts";
import { asHoldallError } from "../ui/error-text.ts";
import { showToast } from "../ui/state/toasts.ts";

export type Later = typeof import("./later.ts");

/** The pages behind the first one; null, and said, when their code cannot be had because the extension was updated. */
export async function loadLater(): Promise<Later | null> {
  try {
    return await import("./later.ts");
  } catch (error) {
    showToast(t("page_not_opened"), { error: asHoldallError(error) });
    return null;
  }
}

/** Fetches them once the popup is painted, so that opening one does not wait. */
export function preloadLater(): void {
  // A failure is said when one is opened.
  setTimeout(() => void import("./later.ts").catch(() => null), 500);
}
