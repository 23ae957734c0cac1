import { useRef } from "preact/hooks";
import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
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
      <input
        ref={input}
        class="sr"
        type="file"
        tabIndex={-1}
        aria-label={t("choose_file_name", transfer.name)}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void provideFile(transfer, file);
          // The same file again must be a change again.
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
