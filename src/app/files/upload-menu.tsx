import { useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { FileInput } from "../../ui/file-input.tsx";
import { isMenuOf, openMenu } from "../../ui/menu.tsx";
import { pickedFiles } from "../../ui/storage/picked-files.ts";
import { UploadButton } from "../../ui/storage/upload-button.tsx";
import type { PickedFile } from "../../ui/storage/upload-state.ts";

interface UploadMenuProps {
  prefix: string;
  onFiles: (files: PickedFile[]) => void;
}

/** Upload of files in one click, of a whole folder in two. */
export function UploadMenu({ prefix, onFiles }: UploadMenuProps) {
  const box = useRef<HTMLDivElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  const show = (anchor: HTMLElement) =>
    openMenu(anchor, t("upload"), [
      { label: t("upload_files"), icon: "file", run: () => box.current?.querySelector("button")?.click() },
      { label: t("upload_folder"), icon: "folder", run: () => folder.current?.click() },
    ]);
  return (
    <div ref={box} class="split-button">
      <UploadButton kind="primary" prefix={prefix} onFiles={onFiles} />
      <IconButton
        icon="chevron-down"
        class="primary"
        label={t("upload_more")}
        buttonRef={more}
        aria-haspopup="menu"
        aria-expanded={isMenuOf(more.current)}
        onClick={(event) => show(event.currentTarget)}
      />
      <FileInput
        input={folder}
        label={t("choose_folder")}
        many="folder"
        onFiles={(files) => onFiles(pickedFiles(files, prefix))}
      />
    </div>
  );
}
