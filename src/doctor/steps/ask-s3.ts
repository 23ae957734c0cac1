import { HoldallError } from "../../shared/holdall-error.ts";
import type { ObjectRequest, ProbeAnswer } from "../aws-probe.ts";
import type { DoctorWorld } from "../doctor-world.ts";

/**
 * A request about one object, and its answer when that is a success.
 * @param action of IAM, without `s3:`
 * @throws HoldallError what the answer means; a copy may be refused with status 200
 */
export async function askS3(
  world: DoctorWorld,
  action: string,
  request: ObjectRequest & { key: string },
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const answer = await world.aws.s3(request, signal);
  if (answer.status < 300 && !answer.body.includes("<Error>")) return answer;
  throw refusalOf(world, action, request.key, answer);
}

/** To whom may not list, S3 says "denied" of what is absent too. Here the object was written a moment ago: it is there. */
export function refusalOf(world: DoctorWorld, action: string, key: string, answer: ProbeAnswer): HoldallError {
  const error = world.aws.explain("s3", answer, { action: `s3:${action}`, key });
  if (error.code !== "file-missing" || answer.status !== 403) return error;
  return new HoldallError("access-denied", {
    ...error.facts,
    subs: [`s3:${action}`, `${world.profile.bucket.name}/${key}`],
  });
}
