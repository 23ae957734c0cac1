import { createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { forgetSigningKeys } from "../../src/aws/forget-signing-keys.ts";

let derivations = 0;

/** The SDK's hash interface; counts how often the long-lived secret is used as a key. */
class Sha256 {
  private readonly hmac;
  constructor(secret?: unknown) {
    if (String(secret) === "AWS4canary") derivations += 1;
    this.hmac = createHmac("sha256", (secret ?? "") as string);
  }
  update(data: Uint8Array) {
    this.hmac.update(data);
  }
  async digest() {
    return new Uint8Array(this.hmac.digest());
  }
  reset() {}
}

test("after a sign-out nothing derived from the secret is kept", async () => {
  const signer = new SignatureV4({
    service: "s3",
    region: "eu-central-1",
    credentials: { accessKeyId: "ASIACANARY", secretAccessKey: "canary", sessionToken: "token" },
    sha256: Sha256,
  });
  const request = { method: "GET", protocol: "https:", hostname: "h", path: "/", headers: { host: "h" } };
  await signer.sign(request);
  await signer.sign(request);
  expect(derivations).toBe(1);
  forgetSigningKeys();
  await signer.sign(request);
  expect(derivations).toBe(2);
});
