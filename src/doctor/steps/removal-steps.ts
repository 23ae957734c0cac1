import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { askS3 } from "./ask-s3.ts";

/** Taking away what the steps before have made. With versions a deletion only puts a marker on top, and the bytes stay. */
export const removalSteps: Step<DoctorWorld>[] = [
  {
    id: "objects.delete",
    writes: true,
    needs: ["objects.put"],
    after: ["objects.head", "objects.get", "objects.range", "objects.copy", "links"],
    async run(world, signal) {
      const removals = [...world.left.objects].map(([key, version]) => deleteObject(world, key, version, signal));
      await Promise.all(removals);
      return {};
    },
  },
  {
    id: "objects.versions",
    needs: ["objects.delete"],
    async run(world, signal) {
      if (world.left.versions.length === 0) return { state: "skipped", facts: { because: "no-versions" } };
      await deleteVersions(world, signal);
      return {};
    },
  },
];

/** Deletes an object, and notes what a bucket with versions keeps of it. @param version of the object; null when unknown */
export async function deleteObject(
  world: DoctorWorld,
  key: string,
  version: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { left } = world;
  const { headers } = await askS3(world, "DeleteObject", { method: "DELETE", key }, signal);
  left.objects.delete(key);
  const marker = headers["x-amz-delete-marker"] === "true" ? (headers["x-amz-version-id"] ?? null) : null;
  // A marker whose object's version is not known stays: without it the object would be there again.
  if (version !== null) left.versions.push({ key, version, marker });
}

/** Deletes the versions of what was deleted, each before the marker on top of it. @throws HoldallError the first refusal */
export async function deleteVersions(world: DoctorWorld, signal: AbortSignal): Promise<void> {
  const { left } = world;
  const remove = async (key: string, versionId: string) =>
    void (await askS3(world, "DeleteObjectVersion", { method: "DELETE", key, query: { versionId } }, signal));
  await Promise.all(
    left.versions.map(async (one) => {
      await remove(one.key, one.version);
      if (one.marker !== null) await remove(one.key, one.marker);
      left.versions = left.versions.filter((other) => other !== one);
    }),
  );
}
