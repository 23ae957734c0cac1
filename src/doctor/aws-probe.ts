/** Single requests to AWS as the doctor and the isolation proof need them: signed, sent once, the answer as it is. */
import type { HoldallError } from "../shared/holdall-error.ts";

export interface ObjectRequest {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Key of an object; absent for the bucket itself. Any key: here nothing is checked. */
  key?: string;
  query?: Record<string, string>;
  /** Names in lower case. */
  headers?: Record<string, string>;
  body?: string;
}

export interface ProbeAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Its whole text: what is asked for here is small. */
  body: string;
}

/** One session's requests. @throws HoldallError `offline`, `unreachable`, `timeout`, `not-aws`, `permission-needed`, `cancelled` */
export interface AwsProbe {
  s3(request: ObjectRequest, signal: AbortSignal): Promise<ProbeAnswer>;
  /** @param operation such as `GetItem`  @param input its JSON */
  dynamodb(operation: string, input: object, signal: AbortSignal): Promise<ProbeAnswer>;
  /** GETs an object by a presigned URL that is good for 60 seconds, as somebody with the link would. */
  followLink(key: string, signal: AbortSignal): Promise<ProbeAnswer>;
  /**
   * The error that an answer means, by the same rules as everywhere in Holdall.
   * @param about the IAM action, such as `s3:PutObject`, and the key, where there is one
   */
  explain(service: "s3" | "dynamodb", answer: ProbeAnswer, about: { action: string; key?: string }): HoldallError;
}
