import { useRef } from "preact/hooks";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { FileInput } from "../file-input.tsx";
import { provideFile } from "./orders.ts";

interface ChooseFileProps {
  transfer: TransferView;
  /** In place of the browser's picker, where that one cannot be used. */
  instead?: (() => void) | undefined;
}

/** Picks the file of an upload again. */
export function ChooseFile({ transfer, instead }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="buttons">
      <Button icon="file" onClick={instead ?? (() => input.current?.click())}>
        {t("choose_file")}
      </Button>
      <FileInput
        input={input}
        label={t("choose_file_name", transfer.name)}
        onFiles={([file]) => void provideFile(transfer, file)}
      />
    </div>
  );
}
