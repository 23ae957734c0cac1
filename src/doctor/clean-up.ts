import { log } from "../shared/log.ts";
import type { DoctorWorld } from "./doctor-world.ts";
import { itemPrefix } from "./doctor-world.ts";
import { deleteObject, deleteVersions } from "./steps/removal-steps.ts";

/**
 * Takes away what this run has left behind, because a step failed or it was cancelled, and what earlier runs could not take
 * away because the browser ended them. What may not be deleted stays: the steps have said so.
 */
export async function cleanUp(world: DoctorWorld, signal: AbortSignal): Promise<void> {
  if (world.signedIn === null) return;
  const { aws, left, profile, identity } = world;
  const { name: TableName, partitionKey, sortKey } = profile.table;
  const removeItem = (key: string) =>
    aws.dynamodb("DeleteItem", { TableName, Key: { [partitionKey]: { S: identity }, [sortKey]: { S: key } } }, signal);
  const objects = [...left.objects, ...left.oldObjects.map((key) => [key, null] as const)];
  await Promise.allSettled([
    ...(left.item ? [world.sortKey] : []).map(removeItem),
    ...left.oldItems.filter((key) => key.startsWith(itemPrefix)).map(removeItem),
    ...[...left.uploads].map(([uploadId, key]) => aws.s3({ method: "DELETE", key, query: { uploadId } }, signal)),
    ...objects.map(([key, version]) => deleteObject(world, key, version, signal)),
  ]);
  await deleteVersions(world, signal).catch((error: unknown) => log.warn("versions of the doctor's stay", error));
}
