/** Notes what the transfer host sends and fetches, by what it answers: the background asks for every request one by one. */

import type { ActivityEntry } from "../../shared/activity.ts";
import { type HostAnswer, HostFailure, type HostLink, type SignedRequest } from "../../transfers/host/host-link.ts";
import { networkError, sizeOf } from "./record-fetch.ts";
import type { Recorder } from "./recorder.ts";

/** @param profileOf for whom a request was signed */
export function watchHost(
  host: HostLink,
  { begin }: Recorder,
  profileOf: (request: SignedRequest) => string | null,
): HostLink {
  /** @param work has begun */
  async function noted<Result>(
    about: Parameters<typeof begin>,
    { signal }: { signal: AbortSignal },
    work: Promise<Result>,
    known: (result: Result) => Partial<ActivityEntry>,
  ): Promise<Result> {
    if (signal.aborted) return await work;
    const end = begin(...about);
    try {
      const result = await work;
      end(known(result));
      return result;
    } catch (cause) {
      const kind = cause instanceof HostFailure ? cause.kind : "host-lost";
      // Of what could not be read nothing went out.
      if (kind !== "source") end({ error: kind === "network" ? networkError() : kind });
      throw cause;
    }
  }
  const about = (request: SignedRequest): Parameters<typeof begin> => [request, "s3", { profile: profileOf(request) }];
  const answered =
    (sent: number) =>
    (answer: HostAnswer, received = sizeOf(answer.bodyText)): Partial<ActivityEntry> => ({
      ...{ status: answer.status, sent, received },
      requestId: answer.headers["x-amz-request-id"] ?? null,
    });

  return {
    ...host,
    put(input, watch) {
      const { range, request } = input;
      return noted(about(request), watch, host.put(input, watch), answered(range.end - range.start));
    },
    send: (request, watch) => noted(about(request), watch, host.send(request, watch), answered(sizeOf(request.body))),
    open: (upload, request, watch) =>
      noted(about(request), watch, host.open(upload, request, watch), ({ answer }) => answered(0)(answer)),
    fetch: (input, watch) =>
      noted(about(input.request), watch, host.fetch(input, watch), ({ answer, fetched }) =>
        answered(0)(answer, fetched?.size),
      ),
    take: (source, watch) =>
      noted(
        [{ url: source.url }, "page-source", { sent: 0 }],
        watch,
        host.take(source, watch),
        // Of the hosts on the way the browser tells the last.
        ({ status, url, bytes }) => ({
          ...(url !== "" && { host: new URL(url).host }),
          ...{ status: status || null, received: bytes?.size ?? null },
        }),
      ),
  };
}
