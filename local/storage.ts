import type { RenderedSetup } from "../src/setup/render-setup.ts";
import { createProbe } from "./account/probe.ts";
import type { AccountSetups } from "./account/setups.ts";
import type { World } from "./control/world.ts";
import { createDynamoDbService } from "./dynamodb/create-dynamodb-service.ts";
import { createS3Service, type S3Service } from "./s3/create-s3-service.ts";
import { joinBuckets } from "./s3/join-buckets.ts";
import type { Service } from "./service.ts";

/**
 * The buckets and tables of both setups, with the probe in each, behind one S3 and one DynamoDB.
 *
 * @param folders absolute paths
 */
export async function openStorage(
  { webIdentity, pool }: AccountSetups,
  folders: { s3: string; poolS3: string; dynamodb: string },
  { clock }: World,
): Promise<{ s3: S3Service; dynamodb: Service; close: () => Promise<void> }> {
  const { account: accountId, region } = webIdentity.settings;
  const now = () => clock.now();
  const bucketOf = ({ settings: { bucket } }: RenderedSetup, dataDir: string) =>
    createS3Service({ dataDir, accountId, bucket, region, now });
  const s3 = joinBuckets(
    new Map([
      [webIdentity.settings.bucket, await bucketOf(webIdentity, folders.s3)],
      [pool.settings.bucket, await bucketOf(pool, folders.poolS3)],
    ]),
  );
  const dynamodb = await createDynamoDbService({
    dataDir: folders.dynamodb,
    accountId,
    region,
    table: tableOf(webIdentity),
    moreTables: [tableOf(pool)],
  });
  for (const { settings } of [webIdentity, pool]) await createProbe(settings, { s3, dynamodb });
  return {
    s3,
    dynamodb,
    async close() {
      await Promise.all([s3.close(), dynamodb.close()]);
    },
  };
}

function tableOf({ settings: { table, options } }: RenderedSetup) {
  return { name: table, partitionKey: options.partitionKey, sortKey: options.sortKey };
}
