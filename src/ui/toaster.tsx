import { useEffect } from "preact/hooks";
import { t } from "../platform/i18n.ts";
import type { WireError } from "../shared/result.ts";
import { Button, IconButton } from "./button.tsx";
import { ErrorDetails } from "./error-panel.tsx";
import { errorText } from "./error-text.ts";
import { dismissToast, type Toast, toasts } from "./state/toasts.ts";

/** Time to read and to reach Undo. */
const shownFor = 8000;

/** The page's toasts. One region that is always there, or screen readers miss the first. */
export function Toaster() {
  return (
    <div class="toaster" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** The reason and what to do: the toast's own line says only what did not happen. */
function ToastError({ error }: { error: WireError }) {
  const { what, fix } = errorText(error);
  return (
    <>
      <p>
        {what} {fix}
      </p>
      <ErrorDetails error={error} />
    </>
  );
}

function ToastBox({ toast }: { toast: Toast }) {
  const { id, text, action, error } = toast;
  useEffect(() => {
    if (error !== null) return;
    const timer = setTimeout(() => dismissToast(id), shownFor);
    return () => clearTimeout(timer);
  }, [id, error]);
  return (
    <div class={`toast ${error === null ? "" : "bad"}`}>
      <div class="toast-line">
        <p class="toast-text">{text}</p>
        {action && (
          <Button
            kind="quiet"
            onClick={() => {
              dismissToast(id);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
        <IconButton icon="x" label={t("dismiss")} onClick={() => dismissToast(id)} />
      </div>
      {error && <ToastError error={error} />}
    </div>
  );
}
