import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { RetryButton } from "../error-panel.tsx";
import { ChooseFile } from "./choose-file.tsx";
import { ConflictButtons } from "./conflict-buttons.tsx";
import { orders } from "./orders.ts";
import { isConflict } from "./transfer-kind.ts";

interface MendButtonsProps {
  transfer: TransferView;
  /** See ChooseFile. */
  instead?: (() => void) | undefined;
}

/** What the person can do for a transfer that does not go on by itself. */
export function MendButtons({ transfer, instead }: MendButtonsProps) {
  const { id, name, error, waitsFor } = transfer;
  if (isConflict(transfer)) return <ConflictButtons which={[id]} label={t("conflict_name", name)} />;
  if (waitsFor === "file" || error?.code === "file-needed") return <ChooseFile transfer={transfer} instead={instead} />;
  return (
    <div class="buttons">
      <RetryButton error={error ?? { code: "internal", facts: {} }} onRetry={() => orders.retry([id])} />
    </div>
  );
}
