// @ts-check
/** DynamoDB by the AWS SDK, called directly. */
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";

/** @param {import("./target.d.ts").Target} target */
export function connect({ credentials, region, endpoint, table: TableName, key }) {
  const client = new DynamoDBClient({ credentials, region, endpoint, maxAttempts: 1 });
  return {
    /** @param {string} sortKey */
    get: (sortKey) => client.send(new GetItemCommand({ TableName, Key: key(sortKey), ConsistentRead: true })),
    /** @param {string} sortKey @param {Record<string, import("@aws-sdk/client-dynamodb").AttributeValue>} attributes */
    create: (sortKey, attributes) =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { ...attributes, ...key(sortKey) },
          ConditionExpression: "attribute_not_exists(#k)",
          ExpressionAttributeNames: { "#k": Object.keys(key(sortKey))[0] ?? "" },
        }),
      ),
  };
}
