import { t } from "../../platform/i18n.ts";
import { PROBE_IDENTITY, PROBE_ITEMS } from "../../setup/probe.ts";
import type { Profile } from "../../shared/profile.ts";
import { type Change, changeOf } from "../checks/change.ts";

/** How an administrator sees that what the proof must not reach is there. (AWS CLI, `s3 ls`, `dynamodb batch-get-item`.) */
export function probeCommand({ bucket, region, table }: Profile): Change {
  const keys = PROBE_ITEMS.map(({ partition, sort }) => ({
    [table.partitionKey]: { S: partition },
    [table.sortKey]: { S: sort },
  }));
  const items = JSON.stringify({ [table.name]: { Keys: keys } });
  const command = [
    `aws s3 ls --recursive s3://${bucket.name}/${PROBE_IDENTITY}/ &&`,
    `aws dynamodb batch-get-item --region ${region} --request-items '${items}'`,
  ].join("\n");
  return changeOf(t("proof_in_shell"), command);
}
