/** The person's folder as others see it: past the extension, with rights of the same person. */
import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { TestWorld } from "../support/test-world.ts";
import { bytesOf, type Content, expectedSums, sumsOf } from "./bytes.ts";

/** A multipart upload that the local S3 holds. */
export interface HeldUpload {
  uploadId: string;
  key: string;
  /** Milliseconds since the epoch. */
  initiated: number;
  /** Whether the answer that told its id went out whole; null when the server began anew since. */
  answered: boolean | null;
}

export interface StoredVersion {
  path: string;
  versionId: string;
  /** Bytes. */
  size: number;
  latest: boolean;
}

/** Faults and ended sessions hit these requests too, so each is asked again. */
const tries = 60;

export class Outside {
  readonly identity: string;
  #access: Promise<AwsAccess> | null = null;

  constructor(
    readonly world: TestWorld,
    readonly person: string,
  ) {
    this.identity = world.aws.people.find(({ name }) => name === person)?.subject ?? "";
  }

  close(): void {
    this.#access?.then((access) => access.close()).catch(() => {});
    this.#access = null;
  }

  async put(path: string, { size, seed }: Content): Promise<void> {
    const Body = bytesOf(size, seed);
    await this.#ask(({ s3, bucket: Bucket }) => s3.send(new PutObjectCommand({ Bucket, Key: this.#key(path), Body })));
  }

  /** Whether a version at `path` has exactly these bytes, by size and CRC-32 of a HEAD. */
  async holds(path: string, content: Content): Promise<boolean> {
    const latest = await this.#head(path);
    if (latest?.size === content.size && latest.crc32 === expectedSums(content).crc32) return true;
    for (const version of await this.versions(path)) {
      if (version.path !== path || version.size !== content.size) continue;
      const found = await this.#head(path, version.versionId);
      if (found?.crc32 === expectedSums(content).crc32) return true;
    }
    return false;
  }

  /** SHA-256 of a version's bytes, hex. */
  async digest({ path, versionId }: StoredVersion): Promise<string> {
    const bytes = await this.#ask(async ({ s3, bucket: Bucket }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: this.#key(path), VersionId: versionId }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    });
    return sumsOf(bytes).sha256;
  }

  /** Every version of every object whose path begins so; delete markers are none. */
  async versions(prefix: string): Promise<StoredVersion[]> {
    const found: StoredVersion[] = [];
    let after: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
    while (after !== null) {
      const marker: { KeyMarker?: string; VersionIdMarker?: string } = after;
      const page = await this.#ask(({ s3, bucket: Bucket }) =>
        s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: this.#key(prefix), ...marker })),
      );
      for (const { Key = "", VersionId = "", Size = 0, IsLatest = false } of page.Versions ?? []) {
        found.push({ path: Key.slice(this.identity.length + 1), versionId: VersionId, size: Size, latest: IsLatest });
      }
      const { NextKeyMarker, NextVersionIdMarker } = page;
      after =
        page.IsTruncated && NextKeyMarker !== undefined
          ? { KeyMarker: NextKeyMarker, ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }) }
          : null;
    }
    return found;
  }

  /** Multipart uploads of this person that S3 still holds. */
  async uploads(): Promise<HeldUpload[]> {
    const held = (await this.world.control("GET", "/uploads")) as HeldUpload[];
    return held.filter(({ key }) => key.startsWith(`${this.identity}/`));
  }

  /** As S3's lifecycle rule does with old ones. */
  async endUpload({ key, uploadId }: HeldUpload): Promise<void> {
    await this.#ask(({ s3, bucket: Bucket }) =>
      s3.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId })),
    ).catch((error: Error) => {
      if (error.name !== "NoSuchUpload") throw error;
    });
  }

  #key = (path: string) => `${this.identity}/${path}`;

  async #head(path: string, versionId?: string): Promise<{ size: number; crc32: string | undefined } | null> {
    return await this.#ask(async ({ s3, bucket: Bucket }) => {
      const input = { Bucket, Key: this.#key(path), ChecksumMode: "ENABLED" as const };
      const command = new HeadObjectCommand({ ...input, ...(versionId !== undefined && { VersionId: versionId }) });
      const { ContentLength = 0, ChecksumCRC32 } = await s3.send(command).catch((error: Error) => {
        // What is not there answers 403 where the permission to list has a condition.
        if ([403, 404].includes(statusOf(error) ?? 0)) return { ContentLength: -1, ChecksumCRC32: undefined };
        throw error;
      });
      return ContentLength < 0 ? null : { size: ContentLength, crc32: ChecksumCRC32 };
    });
  }

  async #ask<T>(work: (access: AwsAccess) => Promise<T>): Promise<T> {
    for (let left = tries; ; left--) {
      try {
        this.#access ??= accessAs(this.world, this.person);
        return await work(await this.#access);
      } catch (error) {
        if (left === 0 || (error instanceof Error && error.name === "NoSuchUpload")) throw error;
        this.close();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

function statusOf(error: Error): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
