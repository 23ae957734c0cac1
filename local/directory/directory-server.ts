import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { AccountRoles } from "../account/roles.ts";
import type { Person } from "../config.ts";
import { type Observation, observe } from "../control/observe.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import { ProviderKeys } from "../tokens/provider-keys.ts";
import { applicationsOf } from "./applications.ts";
import { answerLink, answerRoles, type DirectoryBehaviour, type PlainAnswer } from "./behaviour.ts";
import { checkAccessToken, Problem } from "./check-access-token.ts";

export interface DirectoryParts {
  /** The directory's own base URL. */
  url: string;
  issuer: string;
  /** Whom access tokens have to be for. */
  audience: string;
  people: readonly Person[];
  roles: AccountRoles;
  /** What the link may stand for. */
  profiles: readonly object[];
  behaviour: DirectoryBehaviour;
  world: World;
}

/** What fault switches and the request log call the routes. */
const OPERATIONS: Record<string, string> = { "/roles": "roles", "/.well-known/holdall.json": "profileLink" };

/**
 * A company's own server: `GET /roles` tells a person's roles to who brings an access token for it, and
 * `GET /.well-known/holdall.json` a profile to everybody. It sends no CORS header.
 */
export function createDirectoryHandler(parts: DirectoryParts): Handler {
  const { issuer, audience, world } = parts;
  const keys = new ProviderKeys(issuer, "directory");
  return (request, response) => {
    const observation = observe(request, response, world.log, "directory");
    const path = request.url?.split("?")[0] ?? "/";
    observation.operation = OPERATIONS[path] ?? "Unknown";
    const answer = async () => {
      const plan = world.faults.take(observation.operation, { rawPath: path });
      if (plan.delay !== undefined) await wait(plan.delay.ms);
      if ((plan.cutBefore ?? plan.cutAfter ?? plan.truncate) !== undefined) return void response.socket?.destroy();
      const failure = plan.throttle ?? plan.error;
      if (failure !== undefined) {
        const status = failure.status ?? (plan.throttle === undefined ? 500 : 429);
        throw new Problem(status, failure.code ?? "Failure", "A fault switch asked for this error.");
      }
      if (request.method !== "GET") throw new Problem(405, "Method Not Allowed", "Only GET is served.");
      if (observation.operation === "profileLink") {
        return send(
          response,
          answerLink(
            parts.behaviour,
            new URL(request.url ?? "/", parts.url),
            parts.profiles[parts.behaviour.linkedProfile],
          ),
        );
      }
      if (observation.operation !== "roles") throw new Problem(404, "Not Found", "There is /roles.");
      const subject = await checkAccessToken(request.headers.authorization, { issuer, audience, keys });
      observation.identity = subject;
      const person = parts.people.find((candidate) => candidate.subject === subject);
      if (person === undefined) throw new Problem(403, "Forbidden", "The directory does not know this person.");
      const told = await answerRoles(parts.behaviour, applicationsOf(person.name, parts.roles));
      if (told !== null) send(response, told);
    };
    answer().catch((error: unknown) => sendProblem(response, error, observation));
  };
}

function send(response: ServerResponse, { status, type, body, location }: PlainAnswer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...(location !== undefined && { location }),
  });
  response.end(body);
}

function sendProblem(response: ServerResponse, error: unknown, observation: Observation): void {
  if (response.headersSent || response.destroyed) return void response.socket?.destroy();
  const problem = error instanceof Problem ? error : unforeseen(error);
  const { status, title, detail, challenge } = problem;
  observation.code = title;
  if (status === 401) {
    const reason = challenge === null ? "" : ` error="${challenge}", error_description="${detail}"`;
    response.setHeader("www-authenticate", `Bearer${reason}`);
  }
  const body = JSON.stringify({ type: "about:blank", title, status, detail });
  send(response, { status, type: "application/problem+json", body });
}

function unforeseen(cause: unknown): Problem {
  process.stderr.write(`The local directory failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  return new Problem(500, "Internal Server Error", "The terminal of the local AWS says what.");
}
