/**
 * Everything that is needed only once a request goes out: the AWS SDK, the OpenID Connect client and the runs of
 * transfers. In Chromium a script of its own (network.js): a worker that wakes to show the view or to pass a
 * message on does not parse and run 100 KB for it.
 */
import { type ProviderFlow, providerFlow } from "../auth/provider-flow.ts";
import { assumeRole } from "../aws/assume-role.ts";
import { createStorage } from "../aws/create-storage.ts";
import { forgetSigningKeys } from "../aws/forget-signing-keys.ts";
import { type TransferRuns, transferRuns } from "../transfers/transfer-runs.ts";
import { archiveEntries } from "./archive-entries.ts";

export interface NetworkPart {
  archiveEntries: typeof archiveEntries;
  assumeRole: typeof assumeRole;
  createStorage: typeof createStorage;
  forgetSigningKeys: typeof forgetSigningKeys;
  providerFlow: ProviderFlow;
  transferRuns: TransferRuns;
}

export const networkPart: NetworkPart = {
  archiveEntries,
  assumeRole,
  createStorage,
  forgetSigningKeys,
  providerFlow,
  transferRuns,
};
