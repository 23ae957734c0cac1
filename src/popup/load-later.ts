import { t } from "../platform/i18n.ts";
import { asHoldallError } from "../ui/error-text.ts";
import { showToast } from "../ui/state/toasts.ts";

export type Later = typeof import("./later.ts");

/** The pages behind the first one; null, and said, when their code cannot be had because the extension was updated. */
export async function loadLater(): Promise<Later | null> {
  try {
    await loadStyle();
    return await import("./later.ts");
  } catch (error) {
    showToast(t("page_not_opened"), { error: asHoldallError(error) });
    return null;
  }
}

let style: Promise<unknown> | null = null;

/** Their style, which the build writes beside the page. */
function loadStyle(): Promise<unknown> {
  style ??= new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = "popup-later.css";
    link.onload = resolve;
    link.onerror = () => reject(new Error("popup-later.css is missing"));
    document.head.append(link);
  });
  return style;
}
