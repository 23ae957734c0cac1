import { AwsError } from "../service.ts";

/** An AwsError whose answer carries headers of its own, for example `x-amz-delete-marker`. */
export class S3Error extends AwsError {
  override name = "S3Error";
  constructor(
    code: string,
    status: number,
    message: string,
    details: Record<string, string> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(code, status, message, details);
  }
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequest", 400, message);
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError("InvalidArgument", 400, message, { ArgumentName: name, ArgumentValue: value });
}

export function malformedXml(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", 400, message);
}

export function noSuchKey(key: string): AwsError {
  return new AwsError("NoSuchKey", 404, "The specified key does not exist.", { Key: key });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  return new AwsError("NoSuchVersion", 404, "The specified version does not exist.", {
    Key: key,
    VersionId: versionId,
  });
}

export function noSuchUpload(uploadId: string): AwsError {
  const message =
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
  return new AwsError("NoSuchUpload", 404, message, { UploadId: uploadId });
}

export function accessDenied(): AwsError {
  return new AwsError("AccessDenied", 403, "Access Denied");
}

export function preconditionFailed(condition: string): AwsError {
  const message = "At least one of the pre-conditions you specified did not hold";
  return new AwsError("PreconditionFailed", 412, message, { Condition: condition });
}

export function conditionalRequestConflict(condition: string): AwsError {
  const message = "The conditional request cannot succeed due to a conflicting operation against this resource.";
  return new AwsError("ConditionalRequestConflict", 409, message, { Condition: condition });
}

export function notImplemented(header: string): AwsError {
  const message = "A header you provided implies functionality that is not implemented";
  return new AwsError("NotImplemented", 501, message, { Header: header });
}
