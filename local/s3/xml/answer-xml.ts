import type { AwsResponse } from "../../service.ts";
import { writeXml, type XmlElements } from "./write-xml.ts";

/** A 200 with an S3 document. */
export function answerXml(
  root: string,
  content: XmlElements | readonly XmlElements[] | string,
  headers: Record<string, string> = {},
): AwsResponse {
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body: writeXml(root, content) };
}
