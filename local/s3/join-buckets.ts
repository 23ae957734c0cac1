import type { AwsRequest } from "../service.ts";
import type { S3Service } from "./create-s3-service.ts";
import { splitPath } from "./requests/target.ts";

/**
 * Several buckets behind one address, each with a store of its own. Requests that name none of them go to the first, which
 * knows what to say. A copy from one bucket to another is not served: to each, it is alone.
 *
 * @param buckets by name
 */
export function joinBuckets(buckets: ReadonlyMap<string, S3Service>): S3Service {
  const services = [...buckets.values()];
  const [first] = services;
  if (first === undefined) throw new Error("There is no bucket.");
  const serviceOf = ({ rawPath }: Pick<AwsRequest, "rawPath">) => buckets.get(splitPath(rawPath).bucket ?? "") ?? first;
  return {
    name: "s3",
    operation: (request) => first.operation(request),
    authorize: (request) => serviceOf(request).authorize(request),
    handle: (request) => serviceOf(request).handle(request),
    renderError: (error, request) => first.renderError(error, request),
    async close() {
      await Promise.all(services.map((service) => service.close()));
    },
    openUploads: () => services.flatMap((service) => service.openUploads()),
  };
}
