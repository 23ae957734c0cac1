import { HoldallError } from "../shared/holdall-error.ts";
import { uriEncode } from "./uri-encode.ts";

/** The part of the SDK's HttpRequest that goes over the wire. */
export interface WireRequest {
  protocol: string;
  hostname: string;
  port?: number;
  method: string;
  /** Percent-encoded already. */
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

interface WireResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface FetchHandlerOptions {
  fetch: typeof fetch;
  /** Milliseconds for one attempt, from the request's start to the last byte of the answer. */
  timeout: number;
  /**
   * `error` for a service that never redirects: a redirect carries body and session token to wherever it leads. S3 says
   * "another region" by a 301 that leads nowhere, which Firefox shows only to those who follow: for it `follow`, and what
   * comes from elsewhere is refused. No request to S3 that goes through here has a body.
   */
  redirect: "error" | "follow";
}

/** A failure that another attempt may cure: the SDK's retry strategy looks for `$retryable`. */
class TransientError extends HoldallError {
  readonly $retryable = {};
}

/**
 * The SDK's request handler over an injected `fetch`. It reads the whole answer, since ours are small, so that the time-out
 * covers the body too; it keeps answers out of the HTTP cache and cookies out of requests; and it tells an answer in HTML
 * from one of AWS, before a parser makes something of it.
 */
export class FetchHandler {
  readonly metadata = { handlerProtocol: "http/1.1" };
  constructor(private readonly options: FetchHandlerOptions) {}

  /** @throws HoldallError `offline`, `unreachable`, `timeout`, `not-aws`, `service-unavailable`, `cancelled` */
  async handle(request: WireRequest, call: { abortSignal?: unknown } = {}): Promise<{ response: WireResponse }> {
    const url = urlOf(request);
    const host = new URL(url).host;
    const timeout = AbortSignal.timeout(this.options.timeout);
    const cancel = call.abortSignal instanceof AbortSignal ? call.abortSignal : null;
    const { host: _, ...headers } = request.headers;
    try {
      // Taken out of the object: the browser's fetch refuses any other `this` than the global one.
      const { fetch } = this.options;
      const answer = await fetch(url, {
        method: request.method,
        headers,
        body: bodyOf(request),
        signal: cancel ? AbortSignal.any([timeout, cancel]) : timeout,
        cache: "no-store",
        credentials: "omit",
        redirect: this.options.redirect,
      });
      if (answer.redirected) throw new HoldallError("not-aws", { subs: [host], status: answer.status });
      const body = new Uint8Array(await answer.arrayBuffer());
      const response = { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body };
      refuseHtml(request.method, response, host);
      return { response };
    } catch (cause) {
      if (cause instanceof HoldallError) throw cause;
      if (cancel?.aborted) throw new HoldallError("cancelled", {}, { cause });
      if (timeout.aborted) throw new TransientError("timeout", { subs: [host] }, { cause });
      throw new TransientError(navigatorOffline() ? "offline" : "unreachable", { subs: [host] }, { cause });
    }
  }
}

/** Captive portals, proxies and web servers answer HTML; no AWS API does. */
function refuseHtml(method: string, response: WireResponse, host: string): void {
  const { headers, statusCode } = response;
  if (!/^text\/html\b/i.test(headers["content-type"] ?? "")) return;
  // The answer to HEAD carries the type of the object, which may be a page, and its ETag.
  if (method === "HEAD" && statusCode < 300 && headers.etag !== undefined) return;
  const facts = { subs: [host], status: statusCode };
  if (statusCode >= 500) throw new TransientError("not-aws", facts);
  throw new HoldallError("not-aws", facts);
}

function navigatorOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}

/** `fetch` sends a Blob or a stream in ways that the SDK did not sign: only what was hashed may go out. */
function bodyOf(request: WireRequest): string | Uint8Array<ArrayBuffer> | null {
  const { body } = request;
  if (body === undefined || body === null || request.method === "GET" || request.method === "HEAD") return null;
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  throw new HoldallError("internal", { subs: ["a request body must be text or bytes"] });
}

/** The URL of a request of the SDK, byte for byte what was signed. */
export function urlOf(request: WireRequest): string {
  const port = request.port === undefined ? "" : `:${request.port}`;
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) =>
      one === null ? uriEncode(name) : `${uriEncode(name)}=${uriEncode(one)}`,
    ),
  );
  return `${request.protocol}//${request.hostname}${port}${request.path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}
