/** Uploads in parts, as every file above 8 MiB goes: begun, given one part, asked about, and broken off. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { askS3 } from "./ask-s3.ts";

export const multipartSteps: Step<DoctorWorld>[] = [
  {
    id: "objects.multipart",
    writes: true,
    needs: ["region"],
    async run(world, signal) {
      const key = world.objectKey("parts");
      const begun = await askS3(world, "PutObject", { method: "POST", key, query: { uploads: "" } }, signal);
      const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun.body)?.[1];
      if (uploadId === undefined)
        throw new HoldallError("not-aws", { subs: ["S3"], service: "s3", status: begun.status });
      world.left.uploads.set(uploadId, key);
      const query = { partNumber: "1", uploadId };
      await askS3(world, "PutObject", { method: "PUT", key, query, body: "One part." }, signal);
      return {};
    },
  },
  {
    id: "objects.parts",
    needs: ["objects.multipart"],
    async run(world, signal) {
      const { key, uploadId } = upload(world);
      const request = { method: "GET", key, query: { uploadId } } as const;
      const answer = await askS3(world, "ListMultipartUploadParts", request, signal);
      if (!answer.body.includes("<PartNumber>1</PartNumber>")) {
        throw new HoldallError("checksum-mismatch", { subs: [key], service: "s3" });
      }
      return {};
    },
  },
  {
    id: "objects.abort",
    needs: ["objects.multipart"],
    after: ["objects.parts"],
    async run(world, signal) {
      const { key, uploadId } = upload(world);
      await askS3(world, "AbortMultipartUpload", { method: "DELETE", key, query: { uploadId } }, signal);
      world.left.uploads.delete(uploadId);
      return {};
    },
  },
];

function upload({ left }: DoctorWorld): { key: string; uploadId: string } {
  const [first] = left.uploads;
  if (first === undefined) throw new HoldallError("upload-missing");
  return { uploadId: first[0], key: first[1] };
}
