import type { ErrorCode } from "./error-codes.ts";

/** What is known about a failure besides its code. Nothing here may hold a secret: it is shown and may be copied. */
export interface ErrorFacts {
  /** Substitutions for the texts, in the order that `errorCodes` names. */
  subs?: string[];
  /** `sts`, `s3`, `dynamodb` or `issuer`. */
  service?: string;
  /** The service's own code, for example `NoSuchBucket`. */
  awsCode?: string;
  /** HTTP status. */
  status?: number;
  /** `x-amz-request-id`: what AWS support asks for. */
  requestId?: string;
  /** The service's own sentence. */
  detail?: string;
  /** For `item-conflict`: the version that is there now, as DynamoDB JSON; null when it was deleted. */
  current?: unknown;
}

/**
 * What an error is known by. Not its class: each of the background's scripts carries a copy of it (late-script.ts), and an
 * error of the one must be one to the other. A message cannot forge it, since structured clone leaves symbols behind.
 */
const mark: unique symbol = Symbol.for("holdall.error") as never;

/** An error with a stable code that crosses every seam as it is. */
export class HoldallError extends Error {
  override name = "HoldallError";
  readonly [mark] = true;
  constructor(
    readonly code: ErrorCode,
    readonly facts: ErrorFacts = {},
    options?: { cause?: unknown },
  ) {
    super(facts.detail ? `${code}: ${facts.detail}` : code, options);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value;
  }
}
