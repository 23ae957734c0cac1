import { t } from "../platform/i18n.ts";
import { asHoldallError } from "../ui/error-text.ts";
import { showToast } from "../ui/state/toasts.ts";

export type Later = typeof import("./later.ts");

let loaded: Later | null = null;

/** The same at once, when it is there already. */
export function loadedLater(): Later | null {
  return loaded;
}

/** The pages behind the first one; null, and said, when their code cannot be had because the extension was updated. */
export async function loadLater(): Promise<Later | null> {
  try {
    await loadStyle();
    loaded = await import("./later.ts");
    return loaded;
  } catch (error) {
    showToast(t("page_not_opened"), { error: asHoldallError(error) });
    return null;
  }
}

/** Does something with it, at once when it is there. */
export function withLater(act: (later: Later) => void): void {
  if (loaded !== null) act(loaded);
  else void loadLater().then((part) => part && act(part));
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
