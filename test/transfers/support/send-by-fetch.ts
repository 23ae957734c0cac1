import type { Send } from "../../../src/transfer-host/send-by-xhr.ts";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";

/** In place of XMLHttpRequest, which Node lacks. */
export const sendByFetch: Send = async (request, body, watch, stallTime) => {
  const late = AbortSignal.timeout(stallTime);
  try {
    const { url, method, headers } = request;
    const signal = AbortSignal.any([watch.signal, late]);
    const answer = await fetch(url, { method, headers, body, signal, redirect: "error" });
    const bodyText = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), bodyText };
  } catch (cause) {
    throw new HostFailure(watch.signal.aborted ? "cancelled" : late.aborted ? "stalled" : "network", { cause });
  }
};
