import { cleanUp } from "./clean-up.ts";
import type { DoctorWorld } from "./doctor-world.ts";
import type { Plan } from "./step.ts";
import { bucketSteps } from "./steps/bucket-steps.ts";
import { clockStep, exchangeSteps } from "./steps/credential-steps.ts";
import { extensionSteps } from "./steps/extension-steps.ts";
import { itemSteps } from "./steps/item-steps.ts";
import { multipartSteps } from "./steps/multipart-steps.ts";
import { objectSteps } from "./steps/object-steps.ts";
import { providerSteps } from "./steps/provider-steps.ts";
import { redirectStep } from "./steps/redirect-step.ts";
import { removalSteps } from "./steps/removal-steps.ts";
import { tokenSteps } from "./steps/token-steps.ts";

/** The whole chain, from the extension's permissions to the last action on an object. */
export const doctorPlan: Plan<DoctorWorld> = {
  steps: [
    ...extensionSteps,
    ...providerSteps,
    redirectStep,
    clockStep,
    ...tokenSteps,
    ...exchangeSteps,
    ...itemSteps,
    ...bucketSteps,
    ...objectSteps,
    ...multipartSteps,
    ...removalSteps,
  ],
  cleanUp,
};
