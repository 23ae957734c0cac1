/** What an answer says about a thing that must be denied. */
import type { ProbeAnswer } from "../aws-probe.ts";

export type ProofService = "s3" | "dynamodb";

export interface Judgement {
  /**
   * `denied`: the service itself said that this very action is not allowed. `let-through`: IAM let it pass, whatever became of
   * it then. `unproven`: the answer tells neither.
   */
  verdict: "denied" | "let-through" | "unproven";
  status: number;
  /** The service's own code; null when the answer has none, as that to a HEAD. */
  code: string | null;
  /** The action that the service names as not allowed; null where it names none. */
  named: string | null;
  requestId: string | null;
  /** The service's own sentence. */
  detail: string | null;
}

/** Said by what comes behind IAM: that it was not asked, or let it pass, is what they have in common. */
const behind = new Set([
  "ConditionalCheckFailedException",
  "TransactionCanceledException",
  "TransactionConflictException",
  "ResourceNotFoundException",
  "DuplicateItemException",
  "ItemCollectionSizeLimitExceededException",
]);

/** Statuses that S3 gives only to those who may ask: not found, not like that, in conflict, condition or range not met. */
const behindStatuses = new Set([304, 404, 405, 409, 412, 416]);

/**
 * A denial counts only when the service itself answered `AccessDenied` (S3) or `AccessDeniedException` (DynamoDB), under a
 * request id, and named no other action: S3 says of an object that is absent that it may not be *listed*, and of an encrypted
 * one that its key may not be used, both to those who may read it.
 * @param actions of IAM; any of them is the action that was asked for
 */
export function judgeDenial(service: ProofService, answer: ProbeAnswer, actions: readonly string[]): Judgement {
  const { status } = answer;
  const { code, detail } = service === "s3" ? xmlError(answer.body) : jsonError(answer.body);
  const requestId = requestIdOf(answer);
  const named = /not authorized to perform: ([\w-]+:\w+)/.exec(detail ?? "")?.[1] ?? null;
  const told = { status, code, named, requestId, detail };
  const denied =
    service === "s3" ? status === 403 && code === "AccessDenied" : status === 400 && code === "AccessDeniedException";
  if (denied && requestId !== null) {
    return { verdict: named === null || actions.includes(named) ? "denied" : "let-through", ...told };
  }
  // IAM has nothing to say about a bucket that is not there.
  if (code === "NoSuchBucket") return { verdict: "unproven", ...told };
  const passed = (status >= 200 && status < 300) || behindStatuses.has(status) || behind.has(code ?? "");
  return { verdict: passed ? "let-through" : "unproven", ...told };
}

/** Under which AWS keeps the request; null when the answer is none of AWS's. */
export function requestIdOf({ headers }: ProbeAnswer): string | null {
  return headers["x-amz-request-id"] ?? headers["x-amzn-requestid"] ?? null;
}

function xmlError(body: string): { code: string | null; detail: string | null } {
  if (!/<Error[\s>]/.test(body)) return { code: null, detail: null };
  const text = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? null;
  return { code: text("Code"), detail: text("Message") };
}

function jsonError(body: string): { code: string | null; detail: string | null } {
  let told: { __type?: unknown; message?: unknown; Message?: unknown } | null = null;
  try {
    told = JSON.parse(body);
  } catch {
    // No JSON: then no code was said.
  }
  const type = told?.__type;
  const detail = told?.message ?? told?.Message;
  return {
    code: typeof type === "string" ? (type.split("#").at(-1) ?? null) : null,
    detail: typeof detail === "string" ? detail : null,
  };
}
