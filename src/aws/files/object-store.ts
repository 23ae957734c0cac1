import type { S3Client } from "@aws-sdk/client-s3";
import type { Profile } from "../../shared/profile.ts";
import type { ErrorContext } from "../error-context.ts";
import { hostOf } from "../host-of.ts";
import type { Sender } from "../sender.ts";

/** One person's folder: what each file command needs. */
export interface ObjectStore {
  profile: Profile;
  identity: string;
  client: () => S3Client;
  send: Sender;
}

/** @param action of IAM, without `s3:`  @param path inside the folder; absent for a listing */
export function contextOf({ profile, identity }: ObjectStore, action: string, path?: string): ErrorContext {
  const bucket = profile.bucket.name;
  return {
    service: "s3",
    action: `s3:${action}`,
    resource: path === undefined ? bucket : `${bucket}/${identity}/${path}`,
    host: hostOf("s3", profile),
    region: profile.region,
    bucket,
    ...(path !== undefined && { name: path }),
  };
}

/** False for stores that know no CRC-32, by the profile. */
export function usesChecksums({ profile }: ObjectStore): boolean {
  return profile.bucket.checksum === "crc32";
}
