/**
 * What only some profiles need to come to credentials: identity pools and role directories. A script of its own (access.js) in
 * both browsers: see late-script.ts.
 */
import { readDirectory } from "../../auth/read-directory.ts";
import { poolCredentials } from "../../aws/pool-credentials.ts";

export interface AccessPart {
  poolCredentials: typeof poolCredentials;
  readDirectory: typeof readDirectory;
}

export const accessPart: AccessPart = { poolCredentials, readDirectory };
