import type { Profile } from "../src/shared/profile.ts";

/** The first line that `npm run local -- --json` prints. */
export interface LocalAwsInfo {
  issuer: string;
  endpoints: { sts: string; cognitoIdentity: string; s3: string; dynamodb: string };
  region: string;
  /** The first of {@link LocalAwsInfo.profiles}. */
  profile: Profile;
  /** What the extension needs to use this local AWS, in three ways: see {@link localProfiles}. */
  profiles: [local: Profile, pool: Profile, roles: Profile];
  /** Base URL of the role directory: `/roles`, `/.well-known/holdall.json`. */
  directory: string;
  people: { name: string; password: string; subject: string }[];
  /** Base URL of the control server: see local/control/. */
  control: string;
  /** Base URL of the example pages: `/notes.html`, `/photo-box.html`. */
  examples: string;
}
