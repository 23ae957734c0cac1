import { HoldallError } from "../../shared/holdall-error.ts";
import { toWireError } from "../../shared/result.ts";
import { HostFailure } from "../host/host-link.ts";

/** Anything thrown in a run, as an error with a code. @param of the transfer, or its name */
export function failureOf(thrown: unknown, of: { name: string } | string, online: boolean): HoldallError {
  if (thrown instanceof HoldallError) return thrown;
  if (!(thrown instanceof HostFailure))
    return new HoldallError("internal", toWireError(thrown).facts, { cause: thrown });
  const options = { cause: thrown };
  switch (thrown.kind) {
    case "network":
      return new HoldallError(online ? "unreachable" : "offline", { subs: ["S3"] }, options);
    case "stalled":
      return new HoldallError(online ? "timeout" : "offline", { subs: ["S3"] }, options);
    case "source":
      return new HoldallError("file-unreadable", { subs: [typeof of === "string" ? of : of.name] }, options);
    case "full":
      return new HoldallError("journal-full", {}, options);
    case "host-lost":
      return new HoldallError("transfer-host-lost", {}, options);
    case "cancelled":
      return new HoldallError("cancelled", {}, options);
  }
}
