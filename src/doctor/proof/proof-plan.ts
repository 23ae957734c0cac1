import { HoldallError } from "../../shared/holdall-error.ts";
import type { Plan } from "../step.ts";
import { itemDenials } from "./item-denials.ts";
import { objectDenials } from "./object-denials.ts";
import { ownRemovals, ownSteps, signInStep } from "./own-steps.ts";
import type { ProofWorld } from "./proof-world.ts";
import { siteSteps } from "./site-steps.ts";

/** What must be allowed, what must be denied, and taking away what was made for it. */
export const proofPlan: Plan<ProofWorld> = {
  steps: [signInStep, ...ownSteps, ...itemDenials, ...objectDenials, ...siteSteps, ...ownRemovals],
  cleanUp,
};

/** Objects and items that no step has removed: those of the site, and those of a run that was ended early. */
async function cleanUp(world: ProofWorld, signal: AbortSignal): Promise<void> {
  if (!world.can("person")) return;
  const aws = world.aws("person");
  const { name: TableName } = world.profile.table;
  const removeObject = async (key: string, version: string | null) => {
    const { status, headers } = await aws.s3({ method: "DELETE", key }, signal);
    if (status >= 300) throw new HoldallError("access-denied", { subs: ["s3:DeleteObject", key] });
    const marker = headers["x-amz-version-id"];
    for (const versionId of version === null ? [] : [version, ...(marker === undefined ? [] : [marker])]) {
      await aws.s3({ method: "DELETE", key, query: { versionId } }, signal);
    }
  };
  await Promise.allSettled([
    ...world.items.map((item) => aws.dynamodb("DeleteItem", { TableName, Key: world.keyOf(item) }, signal)),
    ...[...world.objects].map(([key, version]) => removeObject(key, version)),
  ]);
}
