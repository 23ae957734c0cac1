import { useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { FileInput } from "../file-input.tsx";
import { pickedFiles } from "./picked-files.ts";
import type { PickedFile } from "./upload-state.ts";

interface UploadButtonProps {
  prefix: string;
  onFiles: (files: PickedFile[]) => void;
  kind?: "primary" | "plain";
  /** In place of the browser's picker, where that one cannot be used. */
  instead?: (() => void) | undefined;
}

export function UploadButton({ prefix, onFiles, kind = "plain", instead }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} icon="upload" onClick={instead ?? (() => input.current?.click())}>
        {t("upload")}
      </Button>
      <FileInput
        input={input}
        label={t("choose_files")}
        many="files"
        onFiles={(files) => onFiles(pickedFiles(files, prefix))}
      />
    </>
  );
}
