import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type Provider from "oidc-provider";
import { errors } from "oidc-provider";
import type { Person } from "../config.ts";
import { observe } from "../control/observe.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import { ASKERS } from "../tokens/provider-keys.ts";
import { handleInteraction, INTERACTION_PATH } from "./interactions.ts";
import { messagePage, sendPage } from "./page.ts";

/** What fault switches and the request log call the provider's routes. */
const OPERATIONS: [RegExp, string][] = [
  [/^\/\.well-known\/openid-configuration$/, "discovery"],
  [/^\/jwks$/, "jwks"],
  [/^\/auth(\/[\w-]+)?$/, "authorize"],
  [INTERACTION_PATH, "login"],
  [/^\/token$/, "token"],
  [/^\/token\/revocation$/, "revocation"],
  [/^\/session\/end/, "endSession"],
  [/^\/me$/, "userinfo"],
];

interface IssuerParts {
  provider: () => Provider;
  people: readonly Person[];
  world: World;
}

/** The provider over HTTP, with its dialogues, fault switches and log; without any CORS header. */
export function createIssuerHandler({ provider, people, world }: IssuerParts): Handler {
  return (request, response) => {
    const observation = observe(request, response, world.log, "issuer");
    const path = request.url?.split("?")[0] ?? "/";
    observation.operation = OPERATIONS.find(([pattern]) => pattern.test(path))?.[1] ?? "Unknown";
    const asker = request.headers["user-agent"] ?? "";
    if (ASKERS.includes(asker)) observation.identity = asker;
    withoutCors(request, response);
    const answer = async () => {
      const plan = world.faults.take(observation.operation, { rawPath: path });
      if (plan.delay !== undefined) await wait(plan.delay.ms);
      if (plan.cutBefore !== undefined) return void response.socket?.destroy();
      const failure = plan.throttle ?? plan.error;
      if (failure !== undefined) {
        observation.code = failure.code ?? (plan.throttle === undefined ? "server_error" : "temporarily_unavailable");
        return sendError(response, failure.status ?? (plan.throttle === undefined ? 500 : 429), observation.code);
      }
      if ((plan.cutAfter ?? plan.truncate) !== undefined) loseAnswer(response);
      if (INTERACTION_PATH.test(path)) await handleInteraction(provider(), people, request, response);
      else await provider().callback()(request, response);
    };
    answer().catch((error: unknown) => refuse(response, error));
  };
}

/**
 * The provider would let every page read its discovery document and keys, and refuse unknown origins elsewhere. Extension
 * pages with a host permission need neither, and the tests shall show it.
 */
function withoutCors(request: IncomingMessage, response: ServerResponse): void {
  delete request.headers.origin;
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase().startsWith("access-control-") ? response : setHeader(name, value);
}

/** The work is done, its answer never arrives. */
function loseAnswer(response: ServerResponse): void {
  response.end = () => {
    response.socket?.destroy();
    return response;
  };
}

function sendError(response: ServerResponse, status: number, error: string): void {
  const body = JSON.stringify({ error, error_description: "A fault switch asked for this error." });
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(body);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.socket?.destroy();
  else if (error instanceof errors.SessionNotFound) {
    const text = "Go back to where you came from, and sign in again.";
    sendPage(response, 400, messagePage("This sign-in is over", text));
  } else {
    process.stderr.write(`The local provider failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    sendPage(response, 500, messagePage("Something went wrong", "The terminal of the local provider says what."));
  }
}
