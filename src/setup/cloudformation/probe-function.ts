/**
 * The code that puts the isolation proof's objects and items in their places; CloudFormation has resources for neither. It
 * runs as `index.js` of a Lambda function, where the AWS SDK is at hand, and answers as custom resources do: by a PUT to a
 * URL that CloudFormation waits at. The body is bytes, since a `content-type` would not be what that URL is signed for.
 * Rights of a role that is seconds old may not count yet: what is denied is tried again for a while. A deleted stack leaves
 * all in place, as it leaves bucket and table.
 */
export const PROBE_FUNCTION = `
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");
const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");

async function put({ Bucket, Objects, Table, Items, Text }) {
  const s3 = new S3Client();
  const dynamodb = new DynamoDBClient();
  for (const Key of Objects) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Text, ContentType: "text/plain" }));
  }
  for (const item of Items) {
    const keys = item.map(([name, text]) => [name, { S: text }]);
    await dynamodb.send(new PutItemCommand({ TableName: Table, Item: Object.fromEntries(keys) }));
  }
}

async function patiently(work) {
  for (let left = 10; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !/^AccessDenied/.test(error.name)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
  }
}

exports.handler = async (event) => {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: "holdall-probe", Status: "SUCCESS" };
  try {
    if (event.RequestType !== "Delete") await patiently(() => put(event.ResourceProperties));
  } catch (error) {
    Object.assign(answer, { Status: "FAILED", Reason: error.name + ": " + error.message });
  }
  await fetch(ResponseURL, { method: "PUT", body: Buffer.from(JSON.stringify(answer)) });
};
`.trim();
