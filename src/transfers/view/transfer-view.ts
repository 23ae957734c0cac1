import type { TransferView } from "../../messaging/view.ts";
import { type Meter, secondsFor } from "../queue/progress.ts";
import type { TransferRecord } from "../record.ts";
import { needsSignIn } from "../requests/retry-policy.ts";

/** What the pages show of a transfer. @param now milliseconds since the epoch */
export function toTransferView(record: TransferRecord, meter: Meter | undefined, now: number): TransferView {
  const { id, kind, name, path, files, size, staged, deduplicated, error, created: startedAt } = record;
  const state = viewState(record);
  const sent = sentOf(record, meter);
  const speed = state === "running" ? (meter?.speed(now) ?? null) : null;
  return {
    ...{ id, direction: kind === "upload" ? "upload" : "download", name, path, files, size, sent, staged, state },
    waitsFor: waitsFor(record),
    ...{ deduplicated, speed, secondsLeft: secondsFor(size - sent, speed), error, startedAt },
  };
}

/** Bytes sent or fetched. */
export function sentOf({ kind, state, size, staged }: TransferRecord, meter: Meter | undefined): number {
  if (state === "done" || state === "verifying" || state === "saving") return size;
  const moved = meter?.moved ?? 0;
  return Math.max(0, Math.min(size, kind === "upload" ? moved : Math.max(staged, moved)));
}

export function viewState({ state }: TransferRecord): TransferView["state"] {
  switch (state) {
    case "uploading":
    case "fetching":
      return "running";
    case "saving":
      return "verifying";
    default:
      return state;
  }
}

export function waitsFor({ state, error }: TransferRecord): TransferView["waitsFor"] {
  if (state !== "waiting" || error === null) return null;
  if (error.code === "file-needed") return "file";
  if (error.code === "permission-needed") return "permission";
  return needsSignIn(error.code) ? "sign-in" : "network";
}
