/** The first line that `npm run local -- --json` prints. */
export interface LocalAwsInfo {
  issuer: string;
  /** `cognitoIdentity` is null until the local AWS serves Cognito Identity. */
  endpoints: { sts: string; cognitoIdentity: string | null; s3: string; dynamodb: string };
  region: string;
  /** A profile as `src/shared/profile.ts` describes it: what the extension needs to use this local AWS. */
  profile: import("../src/shared/profile.ts").Profile;
  people: { name: string; password: string; subject: string }[];
  /** Base URL of the control server: see local/control/. */
  control: string;
}
