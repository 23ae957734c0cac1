import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPlan } from "../control/faults.ts";
import { type Observation, observe } from "../control/observe.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import type { SessionAuthorizer, Verdict } from "../iam/session-authorizer.ts";
import { type Authorization, AwsError, type AwsRequest, type AwsResponse, type Service } from "../service.ts";
import type { Sessions } from "../sts/sessions.ts";
import { describeKey } from "./describe-key.ts";
import { accessDenied, plannedError, unforeseen } from "./gateway-errors.ts";
import { guardOf, openRequest, unopenedRequest } from "./open-request.ts";
import { Pace } from "./pace.ts";
import { parseTarget } from "./request-target.ts";
import { bodySize, sendAnswer } from "./send-answer.ts";

export interface GatewayOptions {
  service: Service;
  world: World;
  sessions: Sessions;
  authorizer: SessionAuthorizer;
  region: string;
  accountId: string;
}

/**
 * What stands before a service: signature, time, session, IAM, fault switches, log. It sends no CORS header, ever.
 *
 *     parse ─▶ signature ─▶ service.authorize ─▶ IAM ─▶ faults ─▶ service.handle ─▶ answer
 */
export function createGateway(options: GatewayOptions): Handler {
  return (request, response) => {
    const observation = observe(request, response, options.world.log, options.service.name);
    void serve(options, request, response, observation);
  };
}

async function serve(
  options: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
  observation: Observation,
): Promise<void> {
  const { service, world } = options;
  const requestId = randomUUID();
  const rawPath = request.url?.split("?")[0] ?? "/";
  const send = (answer: AwsResponse, cutAfterBytes: number | null, bytesPerSecond?: number) => {
    const frame = { service: service.name, requestId, now: world.clock.now(), cutAfterBytes, bytesPerSecond };
    return sendAnswer(request, response, answer, frame);
  };
  try {
    const { opened, plan } = await admit(options, request, requestId, observation);
    if (plan.cutBefore !== undefined && plan.cutBefore.afterBytes === null) return cut(response);
    if (plan.delay !== undefined) await wait(plan.delay.ms);
    const planned = plannedError(service.name, plan);
    if (planned !== null) throw planned;
    disturbBody(opened, plan, () => cut(response));
    const answer = await service.handle(opened);
    if (plan.cutAfter !== undefined && plan.cutAfter.afterBytes === null) {
      if (answer.body instanceof Readable) answer.body.destroy();
      return cut(response);
    }
    await send(answer, plan.cutAfter?.afterBytes ?? truncatedSize(answer, plan), plan.slow?.bytesPerSecond);
  } catch (cause) {
    const error = cause instanceof AwsError ? cause : unforeseen(service.name, cause);
    observation.code = error.code;
    if (response.headersSent || response.destroyed) return cut(response);
    await send(service.renderError(error, { requestId, rawPath, method: request.method ?? "GET" }), null);
  }
}

/** Everything before the service works: throws unless the request is signed well and every question is answered "allowed". */
async function admit(
  options: GatewayOptions,
  request: IncomingMessage,
  requestId: string,
  observation: Observation,
): Promise<{ opened: AwsRequest; plan: FaultPlan }> {
  const { service, world, sessions, authorizer, region, accountId } = options;
  const target = parseTarget(request.url ?? "/");
  const opened = unopenedRequest(request, requestId, target);
  observation.operation = service.operation(opened);
  const rules = { service: service.name, region, sessions, clock: world.clock };
  const { session } = await openRequest(rules, request, target, opened);
  const { identity, roleArn, assumedRoleArn } = session;
  observation.identity = identity;
  opened.caller = { identity, roleArn, accountId };
  const judge = (authorization: Authorization): Verdict => authorizer.judge(session, authorization);
  opened.permits = async (authorization) => judge(authorization) === "allowed";
  const authorizations = await service.authorize(opened);
  const key = describeKey(service.name, target.rawPath, authorizations);
  if (key !== null) observation.key = key;
  for (const authorization of authorizations) {
    const verdict = judge(authorization);
    if (verdict !== "allowed") throw accessDenied(service.name, assumedRoleArn, authorization, verdict);
  }
  const detail = opened.query.get("partNumber") ?? opened.headers.range ?? "";
  return { opened, plan: world.faults.take(observation.operation, { rawPath: target.rawPath, detail }) };
}

/** What fault switches do to a request's body while it is read. */
function disturbBody(opened: AwsRequest, { cutBefore, slow }: FaultPlan, act: () => void): void {
  const guard = guardOf(opened);
  if (guard === null) return;
  const bytes = cutBefore?.afterBytes ?? null;
  if (bytes !== null) guard.cutAfter(bytes, act);
  if (slow !== undefined) guard.slowDown(new Pace(slow.bytesPerSecond));
}

function truncatedSize(answer: AwsResponse, { truncate }: FaultPlan): number | null {
  return truncate === undefined ? null : (truncate.afterBytes ?? Math.floor(truncate.drawn * bodySize(answer)));
}

function cut(response: ServerResponse): void {
  response.socket?.destroy();
}
