// @ts-check
import { fileURLToPath } from "node:url";
import { mustMatch } from "./must-match.mjs";

const ours = fileURLToPath(new URL("../src/aws/endpoints.ts", import.meta.url));

/** The function of src/aws/endpoints.ts that stands for a client's rules, by the client's name. @type {Record<string, string>} */
const functions = { s3: "s3Endpoint", dynamodb: "dynamoDbEndpoint", sts: "stsEndpoint" };

/** The rules by which a client of the SDK finds its host weigh more than all of Holdall's own use of S3: src/aws/endpoints.ts. */
export const sdkEndpoints = () =>
  mustMatch("sdk-endpoints", (build, matched) => {
    build.onLoad(
      { filter: /@aws-sdk[\\/]client-(s3|dynamodb|sts)[\\/]dist-es[\\/]endpoint[\\/]endpointResolver\.js$/ },
      ({ path }) => {
        matched(path);
        const [, client = ""] = /client-(\w+)/.exec(path) ?? [];
        return {
          loader: "js",
          contents: `export { ${functions[client]} as defaultEndpointResolver } from ${JSON.stringify(ours)};`,
        };
      },
    );
  });
