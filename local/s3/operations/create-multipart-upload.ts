import type { AwsRequest } from "../../service.ts";
import { multipartTypes, parseAlgorithm } from "../checksums/algorithms.ts";
import { createId, type Operation } from "../context.ts";
import { header } from "../requests/headers.ts";
import { readObjectAttributes } from "../requests/object-attributes.ts";
import { invalidRequest } from "../s3-error.ts";
import type { UploadHeader } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";

/** CreateMultipartUpload: what is said here about the object and its checksum holds until completion. */
export const createMultipartUpload: Operation = async (context, request, key) => {
  const upload: UploadHeader = {
    uploadId: createId(),
    key,
    initiated: context.now(),
    initiator: request.caller.roleArn,
    checksum: readChecksumPlan(request),
    ...readObjectAttributes(request),
  };
  const { store } = context;
  await store.commit({ op: "upload", upload });
  const setAnswered = (answered: boolean) => {
    const begun = store.uploads.get(upload.uploadId);
    if (begun !== undefined) begun.answered = answered;
  };
  setAnswered(false);
  const headers = { ...upload.encryption };
  if (upload.checksum !== null) {
    headers["x-amz-checksum-algorithm"] = upload.checksum.algorithm;
    headers["x-amz-checksum-type"] = upload.checksum.type;
  }
  const content = { Bucket: context.bucket, Key: key, UploadId: upload.uploadId };
  return { ...answerXml("InitiateMultipartUploadResult", content, headers), delivered: () => setAnswered(true) };
};

/** @throws AwsError `InvalidRequest` */
function readChecksumPlan(request: AwsRequest): UploadHeader["checksum"] {
  const name = header(request, "x-amz-checksum-algorithm");
  const wanted = header(request, "x-amz-checksum-type");
  if (name === undefined) {
    if (wanted === undefined) return null;
    throw invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
  }
  const algorithm = parseAlgorithm(name);
  if (algorithm === undefined) throw invalidRequest("Checksum algorithm provided is unsupported.");
  const types = multipartTypes(algorithm);
  const type = wanted === undefined ? types[0] : types.find((candidate) => candidate === wanted.toUpperCase());
  if (type !== undefined) return { algorithm, type };
  const message = `The ${wanted} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`;
  throw invalidRequest(message);
}
