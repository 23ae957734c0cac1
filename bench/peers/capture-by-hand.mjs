// @ts-check
/** What a capture costs at least: the image fetched, put into S3 and described in DynamoDB, one after the other. */
import { AwsClient } from "aws4fetch";

/**
 * @param {{ credentials: object, region: string, s3: string, bucket: string, dynamodb: string, table: string, partitionKey: string, sortKey: string, identity: string }} target
 */
export function connect({ credentials, region, s3, bucket, dynamodb, table, partitionKey, sortKey, identity }) {
  const client = new AwsClient({ .../** @type {any} */ (credentials), region, retries: 0 });
  return {
    /** @param {string} url @param {string} id */
    async capture(url, id) {
      const image = await (await fetch(url, { cache: "no-store", credentials: "include" })).arrayBuffer();
      const put = await client.fetch(`${s3}/${bucket}/${encodeURIComponent(identity)}/by-hand/${id}.png`, {
        method: "PUT",
        headers: { "content-type": "image/png", "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "if-none-match": "*" },
        body: image,
        aws: { service: "s3" },
      });
      if (!put.ok) throw new Error(`PUT: ${put.status} ${await put.text()}`);
      const item = await client.fetch(`${dynamodb}/`, {
        method: "POST",
        headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.PutItem" },
        body: JSON.stringify({
          TableName: table,
          Item: { [partitionKey]: { S: identity }, [sortKey]: { S: `by-hand#${id}` }, url: { S: url } },
        }),
        aws: { service: "dynamodb" },
      });
      if (!item.ok) throw new Error(`PutItem: ${item.status} ${await item.text()}`);
    },
  };
}
