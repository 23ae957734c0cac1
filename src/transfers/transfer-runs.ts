/** What runs only when bytes move: the greater part of this service, and the background wakes up without it. */
import { abortUpload } from "./abort-upload.ts";
import { runArchive } from "./archive.ts";
import { runDownload } from "./download.ts";
import type { Runs } from "./runner.ts";
import { runUpload } from "./upload.ts";

export interface TransferRuns extends Runs {
  /** Aborts a multipart upload that nobody needs. Rejects with HoldallError or HostFailure when S3 may still have it. */
  abort: typeof abortUpload;
}

export const transferRuns: TransferRuns = {
  upload: runUpload,
  download: runDownload,
  archive: runArchive,
  abort: abortUpload,
};
