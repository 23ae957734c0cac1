/**
 * The way to the identity provider: every request has a time-out, is repeated only where that is safe, and tells how far
 * this machine's clock is from the provider's.
 */
import type { CustomFetchOptions } from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";

export interface HttpDeps {
  /** May reject with a HoldallError, for example `permission-needed`, which then is the reason that is told. */
  fetch: typeof fetch;
  /** Milliseconds since the epoch, by this machine's clock. */
  now(): number;
  /** False when the browser knows that there is no network. */
  online(): boolean;
  /** Ends early, with a rejection, when `signal` aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds for one attempt. */
  timeout: number;
}

/**
 * What may be sent again:
 * - `always`: a GET, after any failure;
 * - `refused`: after an answer that says "not now" (429, 503) and nothing else. Codes and rotating refresh tokens are good
 *   for one use: when the reply is lost, sending them again looks like theft and ends the whole family (RFC 9700, 4.14.2).
 */
export type Repeatable = "always" | "refused";

type Options = CustomFetchOptions<"GET" | "POST", URLSearchParams | undefined>;
export type Fetcher = (url: string, options: Options) => Promise<Response>;

export interface ProviderHttp {
  /** To be given to oauth4webapi as `customFetch`. */
  fetcher(issuer: string, repeatable: Repeatable, signal: AbortSignal): Fetcher;
  /** Milliseconds to add to this machine's clock to get the provider's, by its last answer; 0 within two seconds. */
  clockOffset(): number;
  /** True when the provider told its time at all. */
  clockKnown(): boolean;
}

/** Milliseconds before the second and the third attempt. */
const pauses = [400, 1600];

export function createProviderHttp(deps: HttpDeps): ProviderHttp {
  let offset: number | null = null;

  function readClock(response: Response, sentAt: number): void {
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    const receivedAt = deps.now();
    // The header counts whole seconds, and the answer was written somewhere between sending and receiving.
    const measured = date + 500 - (sentAt + receivedAt) / 2;
    offset = Math.abs(measured) <= 2000 + (receivedAt - sentAt) / 2 ? 0 : Math.round(measured);
  }

  async function attempt(url: string, options: Options, signal: AbortSignal, issuer: string): Promise<Response> {
    const sentAt = deps.now();
    const { method, headers, redirect } = options;
    try {
      const response = await deps.fetch(url, {
        method,
        headers,
        redirect,
        body: options.body ?? null,
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.any([signal, AbortSignal.timeout(deps.timeout)]),
      });
      // Only the answer to a POST comes from the provider itself; a GET's date may be that of some cache on the way.
      if (method === "POST") readClock(response, sentAt);
      return response;
    } catch (cause) {
      if (signal.aborted) throw new HoldallError("cancelled", {}, { cause });
      if (!deps.online()) throw new HoldallError("offline");
      if (cause instanceof HoldallError) throw cause;
      throw new HoldallError("issuer-unreachable", { subs: [issuer], service: "issuer" }, { cause });
    }
  }

  return {
    clockOffset: () => offset ?? 0,
    clockKnown: () => offset !== null,
    fetcher: (issuer, repeatable, signal) => async (url, options) => {
      for (const pause of pauses) {
        const outcome = await attempt(url, options, signal, issuer).catch((error: unknown) => error);
        if (outcome instanceof Response) {
          const busy = outcome.status === 429 || outcome.status === 503;
          if (!busy && (repeatable === "refused" || outcome.status < 500)) return outcome;
        } else if (
          !(outcome instanceof HoldallError && outcome.code === "issuer-unreachable" && repeatable === "always")
        ) {
          throw outcome;
        }
        await deps.sleep(pause, signal);
      }
      const last = await attempt(url, options, signal, issuer);
      if (last.status >= 500 || last.status === 429) {
        throw new HoldallError("issuer-unreachable", { subs: [issuer], service: "issuer", status: last.status });
      }
      return last;
    },
  };
}
