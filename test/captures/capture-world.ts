/** What captures need: uploads against an S3 in memory, a table, and a source to fetch from. */
import { noTransfers } from "../../src/messaging/view.ts";
import type { Attributes } from "../../src/shared/attribute-value.ts";
import { createTransfers } from "../../src/transfers/create-transfers.ts";
import type { Owner } from "../../src/transfers/record.ts";
import { transferRuns } from "../../src/transfers/transfer-runs.ts";
import type { TransferDeps, Transfers } from "../../src/transfers/transfers.ts";
import { alice, createUploadWorld, uploadDeps } from "../transfers/support/upload-world.ts";
import { pixel } from "./images.ts";

export function createCaptureWorld() {
  return {
    ...createUploadWorld(),
    shown: alice as Owner | null,
    view: noTransfers,
    items: new Map<string, Attributes>(),
    /** How often the source was fetched. */
    fetches: 0,
    source: new Response(pixel),
  };
}

export type CaptureWorld = ReturnType<typeof createCaptureWorld>;

export function startTransfers(
  world: CaptureWorld,
  change: (plain: TransferDeps) => Partial<TransferDeps> = () => ({}),
): Transfers {
  const plain: TransferDeps = {
    ...uploadDeps(world),
    owner: () => world.shown,
    changed: (view) => {
      world.view = view;
    },
  };
  return createTransfers({ ...plain, ...change(plain) }, transferRuns);
}
