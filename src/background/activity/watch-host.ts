/** Notes what the transfer host sends and fetches, by what it answers: the background asks for every request one by one. */
import {
  type HostAnswer,
  HostFailure,
  type HostLink,
  type SignedRequest,
  type Watch,
} from "../../transfers/host/host-link.ts";
import type { ActivityLog } from "./activity-log.ts";
import { describeRequest } from "./describe-request.ts";
import { requestIdOf, sizeOf, startEntry } from "./record-fetch.ts";

/** @param profileOf for whom a request was signed */
export function watchHost(
  host: HostLink,
  activity: ActivityLog,
  profileOf: (request: SignedRequest) => string | null,
): HostLink {
  async function noted<Result>(
    request: SignedRequest,
    watch: Pick<Watch, "signal">,
    work: () => Promise<Result>,
    read: (result: Result) => { answer: HostAnswer; received?: number | undefined },
    sent = sizeOf(request.body),
  ): Promise<Result> {
    if (watch.signal.aborted) return await work();
    const facts = startEntry();
    const entry = () => ({ ...facts(), ...describeRequest(request, "s3"), profile: profileOf(request) });
    try {
      const result = await work();
      const { answer, received = sizeOf(answer.bodyText) } = read(result);
      const requestId = requestIdOf((name) => answer.headers[name]);
      activity.add({ ...entry(), status: answer.status, sent, received, requestId });
      return result;
    } catch (cause) {
      const error = failure(cause);
      if (error !== null) activity.add({ ...entry(), error });
      throw cause;
    }
  }

  return {
    ...host,
    put: (input, watch) =>
      noted(
        input.request,
        watch,
        () => host.put(input, watch),
        (answer) => ({ answer }),
        input.range.end - input.range.start,
      ),
    send: (request, watch) =>
      noted(
        request,
        watch,
        () => host.send(request, watch),
        (answer) => ({ answer }),
      ),
    open: (upload, request, watch) =>
      noted(
        request,
        watch,
        () => host.open(upload, request, watch),
        (result) => result,
      ),
    fetch: (input, watch) =>
      noted(
        input.request,
        watch,
        () => host.fetch(input, watch),
        ({ answer, fetched }) => ({ answer, received: fetched?.size }),
      ),
    async take(source, watch) {
      const facts = startEntry();
      const about = describeRequest(source, "page-source");
      try {
        const result = await host.take(source, watch);
        const { status, url, bytes } = result;
        const end = url === "" ? about : describeRequest({ url }, "page-source");
        // Of the hosts on the way the browser tells the last.
        if (end.host !== about.host) activity.add({ ...facts(), ...about, sent: 0 });
        const received = bytes?.size ?? null;
        activity.add({ ...facts(), ...end, status: status || null, sent: 0, received });
        return result;
      } catch (cause) {
        const error = failure(cause);
        if (error !== null) activity.add({ ...facts(), ...about, error });
        throw cause;
      }
    },
  };
}

/** Null when nothing went out: the bytes to be sent could not be read. */
function failure(cause: unknown): string | null {
  const kind = cause instanceof HostFailure ? cause.kind : "host-lost";
  return kind === "source" ? null : kind === "network" ? (navigator.onLine ? "unreachable" : "offline") : kind;
}
