/** What lies in the data folder. */
export const STATE = {
  issuer: "issuer",
  sessions: "role-sessions.json",
  identities: "cognito-identities.json",
  s3: "s3",
  poolS3: "s3-pool",
  dynamodb: "dynamodb",
} as const;
