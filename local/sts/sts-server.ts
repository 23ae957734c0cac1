import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPlan } from "../control/faults.ts";
import { observe } from "../control/observe.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import { readBody } from "../http/read-body.ts";
import { xmlElement } from "../http/xml.ts";
import { AwsError } from "../service.ts";
import { type AssumeRoleDependencies, assumeRole, STS_NAMESPACE } from "./assume-role.ts";

/** Bytes; a form with the longest token and policy is far below. */
const FORM_LIMIT = 64 * 1024;

/** STS over HTTP: unsigned forms in, XML out. Only AssumeRoleWithWebIdentity is served. */
export function createStsHandler(dependencies: AssumeRoleDependencies, world: World): Handler {
  return (request, response) => {
    const observation = observe(request, response, world.log, "sts");
    const requestId = randomUUID();
    const answer = async () => {
      const form = await readForm(request);
      observation.operation = form.get("Action") ?? "Unknown";
      const plan = world.faults.take(observation.operation, { rawPath: request.url ?? "/" });
      if (plan.cutBefore !== undefined) return cut(response);
      await plannedFailure(plan);
      const { session, xml } = await perform(dependencies, form, requestId);
      observation.identity = session.identity;
      if ((plan.cutAfter ?? plan.truncate) !== undefined) return cut(response);
      send(response, 200, xml, requestId, world);
    };
    answer().catch((cause: unknown) => {
      const error = cause instanceof AwsError ? cause : internalFailure(cause);
      observation.code = error.code;
      send(response, error.status, renderError(error, requestId), requestId, world);
    });
  };
}

async function perform(dependencies: AssumeRoleDependencies, form: URLSearchParams, requestId: string) {
  const action = form.get("Action");
  if (action === null) throw new AwsError("MissingAction", 400, "The request must contain the parameter Action.");
  if (action !== "AssumeRoleWithWebIdentity" || form.get("Version") !== "2011-06-15") {
    const message = `Could not find operation ${action} for version ${form.get("Version") ?? "NO_VERSION_SPECIFIED"}`;
    throw new AwsError("InvalidAction", 400, message);
  }
  return assumeRole(dependencies, form, requestId);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const query = request.url?.split("?")[1] ?? "";
  if (request.method === "GET") return new URLSearchParams(query);
  return new URLSearchParams((await readBody(request, FORM_LIMIT)).toString("utf8"));
}

async function plannedFailure({ delay, error, throttle }: FaultPlan): Promise<void> {
  if (delay !== undefined) await wait(delay.ms);
  if (throttle !== undefined)
    throw new AwsError(throttle.code ?? "Throttling", throttle.status ?? 400, "Rate exceeded");
  if (error !== undefined) {
    throw new AwsError(error.code ?? "InternalFailure", error.status ?? 500, "A fault switch asked for this error.");
  }
}

function internalFailure(cause: unknown): AwsError {
  process.stderr.write(`The local STS failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  return new AwsError("InternalFailure", 500, "The request processing has failed because of an unknown error.");
}

function cut(response: ServerResponse): void {
  response.socket?.destroy();
}

function renderError(error: AwsError, requestId: string): string {
  const Type = error.status >= 500 ? "Receiver" : "Sender";
  const content = { Error: { Type, Code: error.code, Message: error.message }, RequestId: requestId };
  return xmlElement("ErrorResponse", content, ` ${STS_NAMESPACE}`);
}

function send(response: ServerResponse, status: number, xml: string, requestId: string, { clock }: World): void {
  response.writeHead(status, {
    "content-type": "text/xml",
    "content-length": Buffer.byteLength(xml),
    "cache-control": "no-store",
    "x-amzn-requestid": requestId,
    date: new Date(clock.now()).toUTCString(),
  });
  response.end(xml);
}
