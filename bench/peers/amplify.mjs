// @ts-check
/** Amplify's `uploadData`. Part size (5 MiB) and requests at once (4) are its own. */
import { Amplify } from "@aws-amplify/core";
import { uploadData } from "@aws-amplify/storage";

/**
 * @param {import("./storage-target.d.ts").StorageTarget} target its endpoint is put in by bundle-peer.mjs
 * @param {File} file
 * @param {string} key
 */
export async function upload({ credentials, region, endpoint, bucket }, file, key) {
  /** @type {{ benchEndpoint?: string }} */ (globalThis).benchEndpoint = endpoint;
  const identityId = "bench";
  Amplify.configure(
    { Storage: { S3: { bucket, region, dangerouslyConnectToHttpEndpointForTesting: "true" } } },
    {
      Auth: {
        credentialsProvider: {
          getCredentialsAndIdentityId: async () => ({ credentials, identityId }),
          clearCredentialsAndIdentityId: () => undefined,
        },
      },
    },
  );
  await uploadData({ path: key, data: file }).result;
}
