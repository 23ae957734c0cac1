import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { LoggedRequest, RequestLog } from "./request-log.ts";

/** What a handler learns about a request while it works; logged when the answer is out or the connection is gone. */
export type Observation = Pick<LoggedRequest, "operation" | "identity" | "code"> & { key?: string };

/** Bytes of a connection that earlier requests on it accounted for. */
const accounted = new WeakMap<Socket, { read: number; written: number }>();

/** Starts to watch a request. Bytes are those on the wire, headers included. */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  log: RequestLog,
  service: LoggedRequest["service"],
): Observation {
  const at = Date.now();
  const started = performance.now();
  const { socket } = request;
  const observation: Observation = { operation: "Unknown", identity: null, code: null };
  response.once("close", () => {
    const before = accounted.get(socket) ?? { read: 0, written: 0 };
    const after = { read: socket.bytesRead, written: socket.bytesWritten };
    accounted.set(socket, after);
    log.add({
      service,
      ...observation,
      ...multipartOf(request, service),
      status: response.writableFinished ? response.statusCode : 0,
      bytesIn: after.read - before.read,
      bytesOut: after.written - before.written,
      at,
      ms: Math.round(performance.now() - started),
    });
  });
  return observation;
}

function multipartOf(
  request: IncomingMessage,
  service: LoggedRequest["service"],
): Pick<LoggedRequest, "uploadId" | "partNumber"> {
  if (service !== "s3") return {};
  const query = new URLSearchParams(request.url?.split("?")[1] ?? "");
  const uploadId = query.get("uploadId");
  const partNumber = query.get("partNumber");
  return { ...(uploadId !== null && { uploadId }), ...(partNumber !== null && { partNumber: Number(partNumber) }) };
}
