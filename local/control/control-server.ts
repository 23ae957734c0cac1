import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handler } from "../http/listen.ts";
import { readBody } from "../http/read-body.ts";
import { type ControlParts, controlRoutes } from "./control-routes.ts";
import { ControlError, type JsonObject } from "./fault-request.ts";
import type { Route } from "./routes.ts";

/** Bytes. */
const BODY_LIMIT = 64 * 1024;

/**
 * The control server: JSON in, JSON out, see {@link controlRoutes}. A request with an `Origin` is refused: no web page that
 * happens to run in the same browser may switch anything.
 */
export function createControlHandler(parts: ControlParts): Handler {
  const routes = controlRoutes(parts);
  return (request, response) => {
    respond(routes, request, response).catch((error: unknown) => {
      const status = error instanceof ControlError || error instanceof SyntaxError ? 400 : 500;
      sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
    });
  };
}

async function respond(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  const name = `${request.method} ${path}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  const { origin } = request.headers;
  if (origin !== undefined && /^https?:/.test(origin)) return sendJson(response, 403, { error: "Not for web pages." });
  if (route === undefined)
    return sendJson(response, 404, { error: `No ${name}. There is: ${Object.keys(routes).join(", ")}` });
  const text = (await readBody(request, BODY_LIMIT)).toString("utf8");
  const input: unknown = text === "" ? {} : JSON.parse(text);
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new ControlError("Send a JSON object.");
  sendJson(response, 200, (await route(input as JsonObject, new URLSearchParams(query))) ?? {});
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(value));
}
