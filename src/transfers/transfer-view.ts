import type { TransferView } from "../messaging/view.ts";
import type { Meter } from "./progress.ts";
import type { TransferRecord } from "./record.ts";

/** What the pages show of a transfer. @param now milliseconds since the epoch */
export function toTransferView(record: TransferRecord, meter: Meter | undefined, now: number): TransferView {
  const { id, direction, name, path, error, created: startedAt } = record;
  const moving = record.state === "sending" || record.state === "fetching";
  const size = moving ? Math.max(record.size, meter?.total ?? 0) : record.size;
  const complete = record.state === "done" || record.state === "saving";
  return {
    id,
    direction,
    name,
    path,
    size,
    sent: complete ? size : moving ? Math.min(meter?.moved ?? 0, size) : 0,
    state: viewState(record),
    speed: moving ? (meter?.speed(now) ?? null) : null,
    error,
    startedAt,
  };
}

function viewState({ state }: TransferRecord): TransferView["state"] {
  if (state === "staged") return "queued";
  return state === "sending" || state === "fetching" || state === "saving" ? "running" : state;
}
