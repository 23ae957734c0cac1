import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { checkPath } from "../../shared/check-path.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { goTo } from "../route.ts";

/** S3 knows no empty folder: a new one is a place to upload to, and exists with its first file. */
export function NewFolder({ owner, prefix }: { owner: Owner; prefix: string }) {
  const open = useSignal(false);
  const name = useSignal("");
  const error = useSignal<HoldallError | null>(null);
  const id = useId();
  const close = () => {
    open.value = false;
    error.value = null;
  };
  const enter = () => {
    // Slashes make folders in folders; empty parts would make keys that S3 holds and no list shows.
    const segments = name.value.split("/").filter((segment) => segment.trim() !== "");
    if (segments.length === 0) return;
    const path = `${prefix}${segments.join("/")}/`;
    try {
      checkPath(owner.identity, path);
    } catch (cause) {
      error.value = asHoldallError(cause);
      return;
    }
    close();
    name.value = "";
    goTo({ page: "files", prefix: path, file: null });
  };
  return (
    <>
      <Button
        icon="folder"
        onClick={() => {
          open.value = true;
        }}
      >
        {t("new_folder")}
      </Button>
      {open.value && (
        <Dialog title={t("new_folder")} onClose={close}>
          <form
            class="editor"
            onSubmit={(event) => {
              event.preventDefault();
              enter();
            }}
          >
            <div class="field">
              <label for={id}>{t("folder_name")}</label>
              <input
                id={id}
                class="input"
                autocomplete="off"
                aria-invalid={error.value !== null}
                value={name.value}
                onInput={(event) => {
                  name.value = event.currentTarget.value;
                  error.value = null;
                }}
              />
              <p class="small muted">{t("folder_hint")}</p>
            </div>
            {error.value && <ErrorPanel error={error.value} />}
            <div class="buttons end">
              <Button onClick={close}>{t("cancel")}</Button>
              <Button kind="primary" type="submit">
                {t("folder_open")}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
