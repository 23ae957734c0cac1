import type { Readable } from "node:stream";
import { DynamoDbError, serializationError, validationError } from "./errors.ts";
import type { JsonObject } from "./types.ts";

/** DynamoDB's limit on a request. */
const maxBytes = 16 * 1024 * 1024;

/** A cheap first look; a request that has none of these cannot hold the name. */
const mayNamePrototype = /__proto__|\\u/i;

/**
 * Reads the JSON object of a request. Of members that occur twice the last one counts, here and in everything after.
 *
 * Throws SerializationException, RequestEntityTooLargeException, and what the stream fails with.
 */
export async function readInput(body: Readable): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw new DynamoDbError("RequestEntityTooLargeException", "Request is too large", {}, 413);
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const input = parse(text);
  if (mayNamePrototype.test(text)) refusePrototype(input);
  return input;
}

function parse(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw serializationError("");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw serializationError("Unexpected value type in payload");
  return value as JsonObject;
}

/** dynalite copies members by assignment, which would make such a member the copy's prototype: present, and unseen. */
function refusePrototype(root: JsonObject): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    if (Object.hasOwn(value, "__proto__"))
      throw validationError("The local AWS takes no attribute that is named __proto__");
    for (const member of Object.values(value)) pending.push(member);
  }
}
