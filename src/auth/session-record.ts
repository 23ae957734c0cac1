import type { RoleApplication } from "../messaging/session-protocol.ts";
import type { Identity, RoleCredentials } from "../shared/credentials.ts";

/** What is kept of a session in `storage.session`, so that it outlives the background. All of it is secret. */
export interface SessionRecord {
  /** `sub` of the ID token. */
  subject: string;
  /** Of the person, for people to read. */
  name: string;
  /** Null until AWS has said who it is. */
  identity: Identity | null;
  idToken: string | null;
  /** By this machine's clock, milliseconds since the epoch. */
  idTokenExpiresAt: number;
  refreshToken: string | null;
  /** The refresh token was sent and no answer came: it may be used up. */
  refreshUncertain: boolean;
  /** The roles to choose from; null where there is no choice. */
  applications: RoleApplication[] | null;
  /** ARN of the role in use; null before one is chosen, and for identity pools. */
  role: string | null;
  /** Null while a role is chosen, and once the session ended and needs the person. */
  credentials: RoleCredentials | null;
  /** When the credentials came, milliseconds since the epoch. */
  obtainedAt: number;
}

export const recordKey = (profileId: string) => `session/${profileId}`;

export function isSessionRecord(value: unknown): value is SessionRecord {
  return typeof value === "object" && value !== null && "subject" in value && "identity" in value;
}
