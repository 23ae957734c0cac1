import type { Operation } from "../context.ts";
import { deleteObject } from "./delete-object.ts";
import { getObject, headObject } from "./get-object.ts";
import { listObjectsV2 } from "./list-objects-v2.ts";
import { putObject } from "./put-object.ts";

/** Every operation that the local S3 carries out, by its AWS name. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  DeleteObject: deleteObject,
  GetObject: getObject,
  HeadObject: headObject,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
};
