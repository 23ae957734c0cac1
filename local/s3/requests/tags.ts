import { AwsError } from "../../service.ts";
import { invalidArgument, malformedXml } from "../s3-error.ts";
import type { Tag } from "../store/records.ts";
import { elementsOf, parseXml, textOf } from "../xml/parse-xml.ts";

const MAX_TAGS = 10;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
/** Letters, digits and spaces of any script, and `+ - = . _ : / @` (S3 User Guide, "Categorizing your objects using tags"). */
const ALLOWED = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

/**
 * The `x-amz-tagging` header: `name=value&…`, percent-encoded.
 *
 * @throws AwsError `InvalidArgument`, `InvalidTag`, `BadRequest`
 */
export function parseTagHeader(text: string | undefined): Tag[] {
  if (text === undefined || text === "") return [];
  try {
    decodeURIComponent(text);
  } catch {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      text,
    );
  }
  return checkTags([...new URLSearchParams(text)].map(([key, value]) => ({ key, value })));
}

/** The `<Tagging>` document of PutObjectTagging. @throws AwsError `MalformedXML`, `InvalidTag`, `BadRequest` */
export function parseTagDocument(text: string): Tag[] {
  const root = parseXml(text, "Tagging", ["TagSet", "Tag"]);
  const set = root.TagSet;
  if (!Array.isArray(set)) throw malformedXml();
  const [content] = set;
  if (typeof content === "string" || content === undefined) return [];
  const tags = elementsOf(content, "Tag").map((tag) => {
    const key = textOf(tag, "Key");
    const value = textOf(tag, "Value");
    if (key === undefined || value === undefined) throw malformedXml();
    return { key, value };
  });
  return checkTags(tags);
}

function checkTags(tags: Tag[]): Tag[] {
  if (tags.length > MAX_TAGS) {
    throw new AwsError("BadRequest", 400, `Object tags cannot be greater than ${MAX_TAGS}`);
  }
  for (const { key, value } of tags) {
    if (key === "" || key.length > MAX_KEY_LENGTH || !ALLOWED.test(key) || key.startsWith("aws:")) {
      throw invalidTag("The TagKey you have provided is invalid", key);
    }
    if (value.length > MAX_VALUE_LENGTH || !ALLOWED.test(value)) {
      throw invalidTag("The TagValue you have provided is invalid", key);
    }
  }
  const names = tags.map((tag) => tag.key);
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw invalidTag("Cannot provide multiple Tags with the same key", repeated);
  return tags;
}

function invalidTag(message: string, key: string): AwsError {
  return new AwsError("InvalidTag", 400, message, { TagKey: key });
}
