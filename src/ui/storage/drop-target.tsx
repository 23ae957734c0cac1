import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { Icon } from "../icon.tsx";
import { showToast } from "../state/toasts.ts";
import { droppedFiles } from "./dropped-files.ts";
import type { PickedFile } from "./upload-state.ts";

interface DropTargetProps {
  /** Folder that receives: "" or ending with a slash. */
  prefix: string;
  onFiles: (files: PickedFile[]) => void;
}

/** Makes the whole page take files; shows where they would go while they hover. */
export function DropTarget({ prefix, onFiles }: DropTargetProps) {
  const over = useSignal(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const onLeave = (event: DragEvent) => {
      // Leaving an inner element says nothing; without a next one the pointer left the page.
      if (event.relatedTarget === null) over.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      // Or the browser would open the file in place of the page.
      event.preventDefault();
      over.value = false;
      droppedFiles(event.dataTransfer, prefix).then(onFiles, (error) =>
        showToast(t("drop_unreadable"), { error: asHoldallError(error) }),
      );
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, [prefix, onFiles, over]);
  if (!over.value) return null;
  return (
    <div class="drop">
      <Icon name="upload" />
      <p>{prefix === "" ? t("drop_here") : t("drop_into", prefix)}</p>
    </div>
  );
}
