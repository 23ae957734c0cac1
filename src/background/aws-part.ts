/**
 * What the AWS SDK is needed for. In Chromium a script of its own (aws.js): a worker that wakes to show the view or to pass a
 * message on does not parse and run 90 KB of SDK for it.
 */
import { assumeRole } from "../aws/assume-role.ts";
import { createStorage } from "../aws/create-storage.ts";

export interface AwsPart {
  assumeRole: typeof assumeRole;
  createStorage: typeof createStorage;
}

export const awsPart: AwsPart = { assumeRole, createStorage };
