import { HoldallError } from "../../shared/holdall-error.ts";
import type { ProbeAnswer } from "../aws-probe.ts";
import { type DoctorWorld, folder } from "../doctor-world.ts";
import type { Step } from "../step.ts";

/** One listing of the doctor's folder tells whether the bucket is there, where it is, and whether it may be listed. */
export const bucketSteps: Step<DoctorWorld>[] = [
  {
    id: "bucket",
    needs: ["trust"],
    async run(world, signal) {
      const answer = await list(world, signal);
      const { name, forcePathStyle } = world.profile.bucket;
      const facts = { bucket: name, address: forcePathStyle ? "host/bucket" : "bucket.host" };
      const error = errorOf(world, answer);
      // Where it is, and what may be done, are the next steps' questions.
      if (error === null || error.code === "wrong-region") return { facts };
      if (error.code === "access-denied") return { state: "unproven", facts };
      return { state: "failed", facts, error: { code: error.code, facts: error.facts } };
    },
  },
  {
    id: "region",
    needs: ["bucket"],
    async run(world, signal) {
      const answer = await list(world, signal);
      const { region } = world.profile;
      const found = answer.headers["x-amz-bucket-region"] ?? null;
      const error = errorOf(world, answer);
      if (error?.code === "wrong-region") throw error;
      if (found !== null && found !== region) throw new HoldallError("wrong-region", { subs: [region, found] });
      // A signature for another region would have been refused.
      return { facts: { region: found ?? region } };
    },
  },
  {
    id: "objects.list",
    needs: ["region"],
    async run(world, signal) {
      const answer = await list(world, signal);
      const error = errorOf(world, answer);
      if (error !== null) throw error;
      world.left.oldObjects = old(world, answer.body);
      return {};
    },
  },
];

function list(world: DoctorWorld, signal: AbortSignal): Promise<ProbeAnswer> {
  const query = { "list-type": "2", prefix: `${world.identity}/${folder}`, "max-keys": "100" };
  return world.once("ListObjectsV2", () => world.aws.s3({ method: "GET", query }, signal));
}

function errorOf(world: DoctorWorld, answer: ProbeAnswer): HoldallError | null {
  if (answer.status !== 200) return world.aws.explain("s3", answer, { action: "s3:ListBucket" });
  if (answer.body.includes("<ListBucketResult")) return null;
  return new HoldallError("not-aws", { subs: ["S3"], service: "s3", status: answer.status });
}

/** Keys of runs that began ten minutes ago at least, and never ended. */
function old({ deps, identity }: DoctorWorld, body: string): string[] {
  const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? "");
  const begin = `${identity}/${folder}`;
  // The doctor's own names need no escaping; a key that does is not one of them.
  return keys.filter((key) => key.startsWith(begin) && deps.isOldRun(key.slice(begin.length).split("/")[0] ?? ""));
}
