/** Every action on objects that Holdall uses, on objects of the doctor's own. */
import { crc32, crc32Base64 } from "../../shared/crc32.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { askS3, refusalOf } from "./ask-s3.ts";

const text = "Written by Holdall's doctor, and removed at its end.";
const checksum = crc32Base64(crc32(new TextEncoder().encode(text)));

export const objectSteps: Step<DoctorWorld>[] = [
  {
    id: "objects.put",
    writes: true,
    needs: ["region"],
    async run(world, signal) {
      const key = world.objectKey("object");
      const headers = {
        "content-type": "text/plain; charset=utf-8",
        "if-none-match": "*",
        ...(usesChecksums(world) && { "x-amz-checksum-crc32": checksum }),
      };
      world.left.objects.set(key, null);
      const answer = await askS3(world, "PutObject", { method: "PUT", key, headers, body: text }, signal).catch(
        (error: unknown) => {
          // An answer that refuses leaves nothing behind; no answer may have left it all.
          if (error instanceof HoldallError && error.facts.status !== undefined) world.left.objects.delete(key);
          throw error;
        },
      );
      world.left.objects.set(key, answer.headers["x-amz-version-id"] ?? null);
      world.echo = answer.headers["x-amz-checksum-crc32"] ?? null;
      return { facts: versionFact(answer.headers) };
    },
  },
  {
    id: "checksum",
    needs: ["objects.put"],
    async run(world) {
      if (!usesChecksums(world)) return { facts: { checksum: "none" } };
      if (world.echo === null) throw new HoldallError("checksum-missing", { service: "s3" });
      if (world.echo !== checksum) throw mismatch(world);
      return { facts: { checksum: `CRC-32 ${checksum}` } };
    },
  },
  {
    id: "objects.head",
    needs: ["objects.put"],
    async run(world, signal) {
      const answer = await askS3(world, "GetObject", { method: "HEAD", key: world.objectKey("object") }, signal);
      if (answer.headers["content-length"] !== String(text.length)) throw mismatch(world);
      return {};
    },
  },
  {
    id: "objects.get",
    needs: ["objects.put"],
    async run(world, signal) {
      const headers: Record<string, string> = usesChecksums(world) ? { "x-amz-checksum-mode": "ENABLED" } : {};
      const request = { method: "GET", key: world.objectKey("object"), headers } as const;
      if ((await askS3(world, "GetObject", request, signal)).body !== text) throw mismatch(world);
      return {};
    },
  },
  {
    id: "objects.range",
    needs: ["objects.put"],
    async run(world, signal) {
      const headers = { range: "bytes=8-14" };
      const request = { method: "GET", key: world.objectKey("object"), headers } as const;
      const answer = await askS3(world, "GetObject", request, signal);
      if (answer.status !== 206 || answer.body !== text.slice(8, 15)) throw mismatch(world);
      return {};
    },
  },
  {
    id: "objects.copy",
    writes: true,
    needs: ["objects.put"],
    async run(world, signal) {
      const key = world.objectKey("copy");
      const source = `${world.profile.bucket.name}/${world.objectKey("object")}`;
      const headers = {
        "x-amz-copy-source": encodeURIComponent(source).replaceAll("%2F", "/"),
        // As src/aws/files/sign-object.ts copies: taking tags over would need two more permissions.
        "x-amz-metadata-directive": "REPLACE",
        "x-amz-tagging-directive": "REPLACE",
        "content-type": "text/plain; charset=utf-8",
      };
      world.left.objects.set(key, null);
      const answer = await askS3(world, "PutObject", { method: "PUT", key, headers }, signal);
      world.left.objects.set(key, answer.headers["x-amz-version-id"] ?? null);
      return {};
    },
  },
  {
    id: "links",
    needs: ["objects.put"],
    async run(world, signal) {
      const key = world.objectKey("object");
      const answer = await world.aws.followLink(key, signal);
      if (answer.status !== 200) throw refusalOf(world, "GetObject", key, answer);
      if (answer.body !== text) throw mismatch(world);
      return { facts: { seconds: "60" } };
    },
  },
];

function usesChecksums({ profile }: DoctorWorld): boolean {
  return profile.bucket.checksum === "crc32";
}

function mismatch(world: DoctorWorld): HoldallError {
  return new HoldallError("checksum-mismatch", { subs: [world.objectKey("object")], service: "s3" });
}

function versionFact(headers: Record<string, string>): Record<string, string> {
  const version = headers["x-amz-version-id"];
  return version === undefined ? {} : { version };
}
