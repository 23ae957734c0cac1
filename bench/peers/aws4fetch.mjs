// @ts-check
/** DynamoDB by aws4fetch: the least that a signed request takes in a browser. */
import { AwsClient } from "aws4fetch";

/** @param {import("./target.d.ts").Target} target */
export function connect({ credentials, region, endpoint, table, key }) {
  const client = new AwsClient({ ...credentials, region, service: "dynamodb", retries: 0 });
  /** @param {string} operation @param {object} input */
  const send = async (operation, input) => {
    const response = await client.fetch(`${endpoint}/`, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `DynamoDB_20120810.${operation}` },
      body: JSON.stringify({ TableName: table, ...input }),
      cache: "no-store",
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message ?? answer.Message ?? response.status);
    return answer;
  };
  return {
    /** @param {string} sortKey */
    get: (sortKey) => send("GetItem", { Key: key(sortKey), ConsistentRead: true }),
    /** @param {string} sortKey @param {object} attributes */
    create: (sortKey, attributes) =>
      send("PutItem", {
        Item: { ...attributes, ...key(sortKey) },
        ConditionExpression: "attribute_not_exists(#k)",
        ExpressionAttributeNames: { "#k": Object.keys(key(sortKey))[0] },
      }),
  };
}
