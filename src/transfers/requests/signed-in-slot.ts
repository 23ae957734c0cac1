import type { SignedRequest } from "../host/host-link.ts";
import { checkOwner, type Run } from "../run.ts";

/** Milliseconds: S3 takes a signature for 15 minutes, and the person's session may have been renewed meanwhile. */
const longestWait = 30_000;

/**
 * Sends a request in a slot, and signs it while it waits for that, so that no slot is idle. If it has to wait for long, it is
 * signed anew.
 * @throws HoldallError `signed-out` when the owner is not signed in (any more); what `sign` and `send` throw
 */
export async function signedInSlot<T>(
  run: Run,
  sign: () => Promise<SignedRequest>,
  send: (request: SignedRequest) => Promise<T>,
): Promise<T> {
  const { now } = run.deps;
  const ahead = await sign();
  const signedAt = now();
  return await run.inSlot(async () => {
    const request = now() - signedAt < longestWait ? ahead : await sign();
    await checkOwner(run);
    return await send(request);
  });
}
