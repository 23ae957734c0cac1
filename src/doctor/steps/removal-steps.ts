import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { askS3 } from "./ask-s3.ts";

/** Taking away what the steps before have made. With versions a deletion only puts a marker on top, and the bytes stay. */
export const removalSteps: Step<DoctorWorld>[] = [
  {
    id: "objects.delete",
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
      const { versions, markers } = world.left;
      if (versions.length + markers.length === 0) return { state: "skipped", facts: { because: "no-versions" } };
      await Promise.all([...versions, ...markers].map((one) => deleteVersion(world, one, signal)));
      return {};
    },
  },
];

export interface Version {
  key: string;
  versionId: string;
}

/** Deletes an object, and notes which version of it, and which marker, stay. */
export async function deleteObject(
  world: DoctorWorld,
  key: string,
  version: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { left } = world;
  const answer = await askS3(world, "DeleteObject", { method: "DELETE", key }, signal);
  left.objects.delete(key);
  const marker = answer.headers["x-amz-delete-marker"] === "true" ? answer.headers["x-amz-version-id"] : undefined;
  if (version !== null) left.versions.push({ key, versionId: version });
  if (marker !== undefined) left.markers.push({ key, versionId: marker });
}

export async function deleteVersion(
  world: DoctorWorld,
  { key, versionId }: Version,
  signal: AbortSignal,
): Promise<void> {
  await askS3(world, "DeleteObjectVersion", { method: "DELETE", key, query: { versionId } }, signal);
  world.left.versions = world.left.versions.filter((one) => one.versionId !== versionId);
  world.left.markers = world.left.markers.filter((one) => one.versionId !== versionId);
}
