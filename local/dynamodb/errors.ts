import { AwsError } from "../service.ts";
import type { JsonObject } from "./types.ts";

/** An error of DynamoDB's own; `fields` are members beside the message, such as `Item` and `CancellationReasons`. */
export class DynamoDbError extends AwsError {
  constructor(
    code: string,
    message: string,
    readonly fields: JsonObject = {},
    status = 400,
  ) {
    super(code, status, message);
  }
}

export const validationError = (message: string) => new DynamoDbError("ValidationException", message);

export const serializationError = (message: string) => new DynamoDbError("SerializationException", message);

export const resourceNotFound = (message = "Requested resource not found") =>
  new DynamoDbError("ResourceNotFoundException", message);

/** Turns what dynalite throws (`{ statusCode, body: { __type, message } }`) into a DynamoDbError. Others stay as they are. */
export function fromDynalite(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !("body" in thrown)) return thrown;
  const { __type, message, Message } = thrown.body as { __type: string; message?: string; Message?: string };
  const status = "statusCode" in thrown ? Number(thrown.statusCode) : 400;
  return new DynamoDbError(__type.slice(__type.indexOf("#") + 1), message ?? Message ?? "", {}, status);
}
