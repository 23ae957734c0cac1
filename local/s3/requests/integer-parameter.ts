import { invalidArgument } from "../s3-error.ts";

/**
 * A whole number from the query, at most `maximum`, the way S3 pages: larger values are lowered, wrong ones refused.
 *
 * @throws AwsError `InvalidArgument`
 */
export function integerParameter(query: URLSearchParams, name: string, maximum: number): number {
  const text = query.get(name);
  if (text === null || text === "") return maximum;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2147483647) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
  }
  return Math.min(Number(text), maximum);
}

/** A part number, 1 … 10,000. @throws AwsError `InvalidArgument` */
export function partNumberParameter(query: URLSearchParams): number {
  const text = query.get("partNumber") ?? "";
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= 10_000) return number;
  throw invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
}
