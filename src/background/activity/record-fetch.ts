/** Notes requests that go out by `fetch`, and sign-in windows. */

import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { ActivityLog } from "./activity-log.ts";
import { describeRequest } from "./describe-request.ts";

/** Notes how long something took when it is called. */
export function startEntry(): () => Omit<ActivityEntry, "n" | "service" | "host" | "action"> {
  const at = Date.now();
  const started = performance.now();
  return () => ({
    at,
    ms: Math.round(performance.now() - started),
    ...{ profile: null, status: null, error: null, sent: null, received: null, requestId: null },
  });
}

/** The id that the service gave to a request; a store of another make may send anything under this name. */
export function requestIdOf(header: (name: string) => string | null | undefined): string | null {
  const id = header("x-amzn-requestid") ?? header("x-amz-request-id") ?? null;
  return id !== null && /^[\w+/=-]{1,64}$/.test(id) ? id : null;
}

/** @param meant what a request is that does not tell */
export function recordFetch(
  activity: ActivityLog,
  send: typeof fetch,
  meant: ActivityService,
  profile: string | null,
): typeof fetch {
  return async (input, init) => {
    const facts = startEntry();
    const url = input instanceof Request ? input.url : String(input);
    const about = describeRequest({ ...init, url }, meant);
    const add = (more: Partial<ActivityEntry>) => activity.add({ ...facts(), ...about, profile, ...more });
    let response: Response;
    try {
      response = await send(input, init);
    } catch (cause) {
      add({ error: codeOf(cause, init?.signal ?? null) });
      throw cause;
    }
    const sent = sizeOf(init?.body);
    if (response.redirected) add({ sent });
    const entry = add({
      sent,
      ...(response.redirected && { host: new URL(response.url).host }),
      // A redirect that was not followed is not told either.
      status: response.status || null,
      received: lengthOf(response.headers.get("content-length")),
      requestId: requestIdOf((name) => response.headers.get(name)),
    });
    measure(response, (received) => {
      Object.assign(entry, { received, ms: facts().ms });
      activity.changed(entry);
    });
    return response;
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

function lengthOf(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

export function sizeOf(body: unknown): number | null {
  if (body === undefined || body === null) return 0;
  if (body instanceof Uint8Array) return body.byteLength;
  return new TextEncoder().encode(String(body)).length;
}

function codeOf(cause: unknown, signal: AbortSignal | null): string {
  if (cause instanceof HoldallError) return cause.code;
  if (signal?.aborted) return signal.reason?.name === "TimeoutError" ? "timeout" : "cancelled";
  return navigator.onLine ? "unreachable" : "offline";
}

/** What a window loads, the provider's page alone knows: noted is that it was opened, and how it ended. */
export async function recordWindow<Outcome extends { kind: string }>(
  activity: ActivityLog,
  url: string,
  open: () => Promise<Outcome>,
): Promise<Outcome> {
  const facts = startEntry();
  let kind = "unloadable";
  try {
    const outcome = await open();
    kind = outcome.kind;
    return outcome;
  } finally {
    const error = kind === "redirected" ? null : kind;
    activity.add({ ...facts(), ...describeRequest({ url }, "issuer"), error });
  }
}
