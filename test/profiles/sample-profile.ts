import type { Profile } from "../../src/shared/profile.ts";

/** A profile with every field, none at its default. */
export const sample: Profile = {
  holdall: 2,
  name: "Beta",
  colour: "#aa3366",
  issuer: "https://login.example.com/",
  clientId: "client-1",
  scopes: ["openid", "email"],
  region: "eu-central-1",
  credentials: {
    kind: "webIdentity",
    role: { kind: "fixed", arn: "arn:aws:iam::123456789012:role/holdall/beta" },
    durationSeconds: 900,
  },
  table: { name: "holdall-items", partitionKey: "pk", sortKey: "sk" },
  bucket: { name: "holdall-files", forcePathStyle: true, checksum: "none" },
  endpoints: { sts: "https://sts.example.com", s3: "https://s3.example.com", dynamodb: "https://db.example.com" },
};
