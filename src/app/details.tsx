import type { ComponentChildren } from "preact";
import { t } from "../platform/i18n.ts";
import { IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FileName } from "../ui/file-name.tsx";
import { wide } from "./wide.ts";

interface DetailsProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** What is open: a pane beside the list where there is room, else a sheet from below. */
export function Details({ title, onClose, children }: DetailsProps) {
  if (!wide.value) {
    return (
      <Dialog title={title} shape="sheet" onClose={onClose}>
        {children}
      </Dialog>
    );
  }
  return (
    <aside class="pane" aria-label={title}>
      <div class="dialog-head">
        <h2 class="clip">
          <FileName name={title} />
        </h2>
        <IconButton icon="x" label={t("close")} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
