import { HoldallError } from "../../shared/holdall-error.ts";
import type { HostFailure } from "../../transfers/host/host-link.ts";

/** What a failure of the transfer host means for a request to `url`. */
export function failureOf(failure: HostFailure, url: string): HoldallError {
  const subs = [new URL(url).host];
  switch (failure.kind) {
    case "network":
      return new HoldallError("unreachable", { subs }, { cause: failure });
    case "stalled":
      return new HoldallError("timeout", { subs }, { cause: failure });
    case "cancelled":
      return new HoldallError("cancelled", {}, { cause: failure });
    case "full":
      return new HoldallError("journal-full", {}, { cause: failure });
    case "source":
    case "host-lost":
      return new HoldallError("transfer-host-lost", {}, { cause: failure });
  }
}
