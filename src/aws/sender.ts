import type { HoldallError } from "../shared/holdall-error.ts";
import type { CredentialSource } from "./clients.ts";
import type { ErrorContext } from "./error-context.ts";
import { mapAwsError } from "./map-error.ts";

/** Runs one request, which may be sent again, and throws HoldallErrors only. */
export type Sender = <Answer>(context: ErrorContext, request: () => Promise<Answer>) => Promise<Answer>;

/** Credentials that AWS refuses are renewed once, a clock that it refuses is corrected, and the request goes out once more. */
export function createSender(credentials: CredentialSource): Sender {
  return async (context, request) => {
    try {
      const used = await credentials();
      try {
        return await request();
      } catch (error) {
        const mapped = mapAwsError(error, context);
        // The SDK takes AWS's time from the refusal, and sends again only where this machine's clock is wrong now: one that was
        // set right since the last answer looks right to it.
        if (mapped.code === "clock-wrong") return await request();
        if (!mayBeExpired(mapped)) throw error;
        const present = await credentials();
        // Somebody else may have renewed them while this request was under way.
        if (present.accessKeyId === used.accessKeyId) await credentials(true);
        return await request();
      }
    } catch (error) {
      throw mapAwsError(error, context);
    }
  };
}

/** An answer to HEAD has no body: expired credentials are a 400 without a code there. */
function mayBeExpired(error: HoldallError): boolean {
  return error.code === "credentials-expired" || (error.facts.status === 400 && error.facts.awsCode === undefined);
}
