import { invalidArgument } from "../s3-error.ts";

/**
 * How a list writes keys: as they are, or with `encoding-type=url` percent-encoded, so that every key fits into XML.
 * S3 leaves `/` alone and writes a space as `+`.
 *
 * @throws AwsError `InvalidArgument`
 */
export function keyEncoder(query: URLSearchParams): (key: string) => string {
  const type = query.get("encoding-type");
  if (type === null) return (key) => key;
  if (type !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
  return (key) => new URLSearchParams({ k: key }).toString().slice(2).replaceAll("%2F", "/");
}
