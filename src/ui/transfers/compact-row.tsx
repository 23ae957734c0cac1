import type { TransferView } from "../../messaging/view.ts";
import { FileName } from "../file-name.tsx";
import { byteSpeed } from "../format/byte-size.ts";
import { MendButtons } from "./mend-buttons.tsx";
import { hasEnded, isQuestion, needsPerson } from "./transfer-kind.ts";
import { TransferButtons, TransferIcon, TransferProgress } from "./transfer-parts.tsx";
import { transferStatus } from "./transfer-status.ts";

/** A transfer in the strip: where it stands in one line, and what mends it. */
export function CompactRow({ transfer, instead }: { transfer: TransferView; instead?: (() => void) | undefined }) {
  const { name } = transfer;
  const attention = needsPerson(transfer);
  const question = isQuestion(transfer);
  return (
    <li class={`transfer ${question ? "question asking" : attention ? "failed asking" : transfer.state}`}>
      <TransferIcon transfer={transfer} />
      <div class="transfer-body">
        <div class="transfer-line">
          <FileName name={name} />
          <span class={question ? "small warn" : attention ? "small bad" : "small muted"}>{shortStatus(transfer)}</span>
        </div>
        {!hasEnded(transfer) && !attention && <TransferProgress transfer={transfer} />}
        {attention && <MendButtons transfer={transfer} instead={instead} />}
      </div>
      <TransferButtons transfer={transfer} />
    </li>
  );
}

/** A share and a speed while it moves, else words. */
function shortStatus(transfer: TransferView): string {
  const { state, size, sent, speed } = transfer;
  if (state !== "running" || size === 0) return transferStatus(transfer);
  const percent = `${Math.floor((sent / size) * 100)} %`;
  return speed === null ? percent : `${percent} · ${byteSpeed(speed)}`;
}
