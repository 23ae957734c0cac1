/** Notes requests that go out by `fetch`, and sign-in windows. */
import type { ActivityService } from "../../shared/activity.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Recorder } from "./recorder.ts";

/** Bytes. */
export function sizeOf(body: unknown): number {
  return body instanceof Uint8Array ? body.length : new TextEncoder().encode(String(body ?? "")).length;
}

export function networkError(): string {
  return navigator.onLine ? "unreachable" : "offline";
}

/** @param meant what a request is that does not tell */
export function recordFetch(
  { begin }: Recorder,
  send: typeof fetch,
  meant: ActivityService,
  profile: string | null,
): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const end = begin({ ...init, url }, meant, { profile });
    try {
      const response = await send(input, init);
      const { headers } = response;
      const length = headers.get("content-length");
      end({
        sent: sizeOf(init?.body),
        ...(response.redirected && { host: new URL(response.url).host }),
        // A redirect that was not followed is not told either.
        status: response.status || null,
        received: length && Number.isFinite(+length) ? +length : null,
        requestId: headers.get("x-amzn-requestid") ?? headers.get("x-amz-request-id"),
      });
      measure(response, (received) => end({ received }));
      return response;
    } catch (cause) {
      end({ error: codeOf(cause, init?.signal) });
      throw cause;
    }
  };
}

/** Tells the bytes of the body once it was read; S3's lists, for example, say nothing of their length beforehand. */
function measure(response: Response, tell: (bytes: number) => void): void {
  const bytes = response.arrayBuffer.bind(response);
  response.arrayBuffer = async () => {
    const read = await bytes();
    tell(read.byteLength);
    return read;
  };
  response.text = async () => new TextDecoder().decode(await response.arrayBuffer());
  response.json = async () => JSON.parse(await response.text());
}

function codeOf(cause: unknown, signal?: AbortSignal | null): string {
  if (cause instanceof HoldallError) return cause.code;
  if (signal?.aborted) return signal.reason?.name === "TimeoutError" ? "timeout" : "cancelled";
  return networkError();
}

/** What a window loads, the provider's page alone knows: noted is that it was opened, and how it ended. */
export async function recordWindow<Outcome extends { kind: string }>(
  { begin }: Recorder,
  url: string,
  open: () => Promise<Outcome>,
): Promise<Outcome> {
  const end = begin({ url }, "issuer");
  const outcome = await open();
  end(outcome.kind === "redirected" ? {} : { error: outcome.kind });
  return outcome;
}
