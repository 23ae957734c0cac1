import type { ErrorCode } from "./error-codes.ts";
import { isMarked } from "./is-marked.ts";

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
    return isMarked(value, mark);
  }
}
