import type { AwsError, AwsRequest, AwsResponse } from "../service.ts";
import { S3Error } from "./s3-error.ts";
import { writeXml } from "./xml/write-xml.ts";

/** S3's `<Error>` document. Answers to HEAD and 304 have no body. */
export function renderError(
  error: AwsError,
  request: Pick<AwsRequest, "requestId" | "rawPath" | "method">,
): AwsResponse {
  const hostId = hostIdOf(request.requestId);
  const headers: Record<string, string> = {
    "x-amz-request-id": request.requestId,
    "x-amz-id-2": hostId,
    ...(error instanceof S3Error ? error.headers : {}),
  };
  if (request.method === "HEAD" || error.status === 304) return { status: error.status, headers, body: null };
  const body = writeXml(
    "Error",
    {
      Code: error.code,
      Message: error.message,
      ...error.details,
      Resource: decodeForDisplay(request.rawPath),
      RequestId: request.requestId,
      HostId: hostId,
    },
    { namespace: false },
  );
  return { status: error.status, headers: { ...headers, "content-type": "application/xml" }, body };
}

/** S3 sends a second, opaque id with every answer; support asks for both. */
export function hostIdOf(requestId: string): string {
  return Buffer.from(`local-${requestId}`).toString("base64");
}

function decodeForDisplay(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}
