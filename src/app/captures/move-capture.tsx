import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { checkPath } from "../../shared/check-path.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { baseName } from "../../ui/format/file-kind.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { useCommand } from "../../ui/state/use-command.ts";

interface MoveCaptureProps {
  owner: Owner;
  row: CaptureRow;
  onMoved: (row: CaptureRow) => void;
  onClose: () => void;
}

/** Another path in the folder, for object and index item. What was typed stays when it does not work. */
export function MoveCapture({ owner, row, onMoved, onClose }: MoveCaptureProps) {
  const path = useSignal(row.path);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const move = useCommand(async () => {
    const next = path.value.trim();
    if (next === row.path) return onClose();
    checkPath(owner.identity, next);
    if (next.split("/").some((segment) => segment.trim() === "")) throw new HoldallError("name-empty");
    onMoved(await call("captures.move", { profile: owner.profile, id: row.id, path: next }));
    onClose();
  });
  useEffect(() => {
    // The name is what one changes most; its ending stays.
    const name = row.path.length - baseName(row.path).length;
    const dot = row.path.lastIndexOf(".");
    input.current?.focus();
    input.current?.setSelectionRange(name, dot > name ? dot : row.path.length);
  }, []);
  const taken = move.error?.code === "file-exists";
  return (
    <Dialog title={t("capture_move_title")} onClose={onClose}>
      <form
        class="editor"
        onSubmit={(event) => {
          event.preventDefault();
          void move.run();
        }}
      >
        <div class="field">
          <label for={id}>{t("capture_move_path")}</label>
          <input
            ref={input}
            id={id}
            class="input"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={move.error !== null}
            aria-describedby={`${id}-hint`}
            value={path.value}
            onInput={(event) => {
              path.value = event.currentTarget.value;
              move.clear();
            }}
          />
          <p id={`${id}-hint`} class={taken ? "small bad" : "small muted"} role={taken ? "alert" : undefined}>
            {t(taken ? "capture_move_taken" : "capture_move_hint")}
          </p>
        </div>
        {move.error !== null && !taken && <ErrorPanel error={move.error} />}
        <div class="buttons end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={move.pending}>
            {t("capture_move")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
