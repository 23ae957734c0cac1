import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPlan } from "../control/faults.ts";
import { observe } from "../control/observe.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import { readBody } from "../http/read-body.ts";
import { AwsError } from "../service.ts";
import { cognitoError } from "./errors.ts";
import { type CognitoDependencies, operationOf, runOperation } from "./operations.ts";
import { readInput } from "./read-input.ts";

/** Bytes: ten logins with the longest tokens. */
const BODY_LIMIT = 600 * 1024;

/**
 * Cognito Identity over HTTP: unsigned `application/x-amz-json-1.1` in and out. The enhanced flow is all it serves.
 *
 * Real Cognito Identity answers with CORS headers; this one, as everything here, with none: see the gateway.
 */
export function createCognitoHandler(dependencies: CognitoDependencies, world: World): Handler {
  return (request, response) => {
    const observation = observe(request, response, world.log, "cognito-identity");
    const requestId = randomUUID();
    const answer = async () => {
      const operation = operationOf(request.headers["x-amz-target"]);
      observation.operation = operation ?? "Unknown";
      const body = (await readBody(request, BODY_LIMIT)).toString("utf8");
      const plan = world.faults.take(observation.operation, { rawPath: request.url ?? "/" });
      if (plan.cutBefore !== undefined) return cut(response);
      await plannedFailure(plan);
      if (request.method !== "POST") throw cognitoError("UnknownOperationException", "");
      const { identity, json } = await runOperation(operation, dependencies, readInput(body));
      observation.identity = identity;
      if ((plan.cutAfter ?? plan.truncate) !== undefined) return cut(response);
      send(response, { status: 200, json, requestId, now: world.clock.now() });
    };
    answer().catch((cause: unknown) => {
      const error = cause instanceof AwsError ? cause : internalError(cause);
      observation.code = error.code;
      const json = { __type: error.code, message: error.message };
      send(response, { status: error.status, json, requestId, now: world.clock.now(), errorType: error.code });
    });
  };
}

async function plannedFailure({ delay, error, throttle }: FaultPlan): Promise<void> {
  if (delay !== undefined) await wait(delay.ms);
  if (throttle !== undefined) {
    throw new AwsError(throttle.code ?? "TooManyRequestsException", throttle.status ?? 400, "Rate exceeded");
  }
  if (error !== undefined) {
    const message = "A fault switch asked for this error.";
    throw new AwsError(error.code ?? "InternalErrorException", error.status ?? 500, message);
  }
}

function internalError(cause: unknown): AwsError {
  process.stderr.write(`The local Cognito failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  return new AwsError("InternalErrorException", 500, "Internal error");
}

function cut(response: ServerResponse): void {
  response.socket?.destroy();
}

interface Answer {
  status: number;
  json: object;
  requestId: string;
  /** Milliseconds since 1970. */
  now: number;
  errorType?: string;
}

function send(response: ServerResponse, { status, json, requestId, now, errorType }: Answer): void {
  const body = JSON.stringify(json);
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.1",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-amzn-requestid": requestId,
    date: new Date(now).toUTCString(),
    ...(errorType !== undefined && { "x-amzn-errortype": `${errorType}:` }),
  });
  response.end(body);
}
