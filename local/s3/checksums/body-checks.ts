import { AwsError, type AwsRequest } from "../../service.ts";
import { header } from "../requests/headers.ts";
import { invalidRequest } from "../s3-error.ts";
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumHeader,
  digestLength,
  parseAlgorithm,
} from "./algorithms.ts";

/** What a request says about its own body. */
export interface BodyChecks {
  /** `Content-MD5`, base64. */
  md5: string | null;
  algorithm: ChecksumAlgorithm | null;
  /** Base64; null when it comes in the trailer. */
  value: string | null;
}

/**
 * Reads Content-MD5 and the checksum header or the announcement of a checksum trailer.
 *
 * @throws AwsError `InvalidDigest`, `InvalidRequest`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function readBodyChecks(request: AwsRequest): BodyChecks {
  const md5 = readContentMd5(request);
  const sent = CHECKSUM_ALGORITHMS.filter((algorithm) => header(request, checksumHeader(algorithm)) !== undefined);
  const trailer = header(request, "x-amz-trailer")?.trim().toLowerCase();
  const announced = CHECKSUM_ALGORITHMS.filter((algorithm) => checksumHeader(algorithm) === trailer);
  if (sent.length + announced.length > 1) {
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const algorithm = sent[0] ?? announced[0] ?? null;
  checkDeclaredAlgorithm(header(request, "x-amz-sdk-checksum-algorithm"), algorithm);
  const value = algorithm === null ? null : (header(request, checksumHeader(algorithm)) ?? null);
  if (algorithm !== null && value !== null) checkForm(algorithm, value);
  return { md5, algorithm, value };
}

/** Base64 of 16 bytes, or null. @throws AwsError `InvalidDigest` */
export function readContentMd5(request: AwsRequest): string | null {
  const md5 = header(request, "content-md5") ?? null;
  if (md5 === null || isBase64Of(md5, 16)) return md5;
  throw new AwsError("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
}

/**
 * Compares the body that came with what the request said, after its end (trailers come last).
 *
 * @param found raw digests of the body
 * @throws AwsError `BadDigest`, `InvalidRequest`
 */
export function verifyBody(
  request: AwsRequest,
  checks: BodyChecks,
  found: { md5: Buffer; checksum: Buffer | null },
): void {
  if (checks.md5 !== null && found.md5.toString("base64") !== checks.md5) {
    const details = { ExpectedDigest: checks.md5, CalculatedDigest: found.md5.toString("base64") };
    throw new AwsError("BadDigest", 400, "The Content-MD5 you specified did not match what we received.", details);
  }
  if (checks.algorithm === null || found.checksum === null) return;
  const name = checksumHeader(checks.algorithm);
  const expected = checks.value ?? request.trailers[name];
  if (expected === undefined) throw invalidRequest(`The trailer ${name} was announced but not sent.`);
  checkForm(checks.algorithm, expected);
  if (found.checksum.toString("base64") !== expected) throw badChecksum(checks.algorithm);
}

export function badChecksum(algorithm: ChecksumAlgorithm): AwsError {
  return new AwsError("BadDigest", 400, `The ${algorithm} you specified did not match the calculated checksum.`);
}

/** @throws AwsError `InvalidRequest` when the value is not base64 of the algorithm's length. */
function checkForm(algorithm: ChecksumAlgorithm, value: string): void {
  if (!isBase64Of(value, digestLength(algorithm))) {
    throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
}

function checkDeclaredAlgorithm(declared: string | undefined, algorithm: ChecksumAlgorithm | null): void {
  if (declared === undefined) return;
  if (parseAlgorithm(declared) === undefined) {
    throw invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  if (algorithm !== null && parseAlgorithm(declared) === algorithm) return;
  throw invalidRequest(
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
  );
}

function isBase64Of(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, "base64");
  return decoded.length === bytes && decoded.toString("base64") === text;
}
