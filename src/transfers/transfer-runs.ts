/** What runs only when bytes move: the greater part of this service, and the background wakes up without it. */

import { runArchive } from "./download/archive.ts";
import { runDownload } from "./download/download.ts";
import type { Runs } from "./queue/runner.ts";
import { abortUpload } from "./upload/abort-upload.ts";
import { runUpload } from "./upload/upload.ts";

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
