/** What is remembered of a request that the extension made: nothing of what it carried. */

export const activityServices = [
  "issuer",
  "sts",
  "cognito-identity",
  "s3",
  "dynamodb",
  "directory",
  "page-source",
  "profile-link",
  "other",
] as const;

export type ActivityService = (typeof activityServices)[number];

export interface ActivityEntry {
  /** Running number, from 1; begins anew when the list is cleared. */
  n: number;
  /** Milliseconds since the epoch, when it went out. */
  at: number;
  /** Id of the profile that it was made for; null where that is not known. */
  profile: string | null;
  service: ActivityService;
  /** With the port, where it is not the scheme's own. */
  host: string;
  /** The service's operation, such as `PutObject`; of the issuer the endpoint, such as `token`. */
  action: string;
  /** HTTP status; null when no answer came, or when the browser does not tell (a redirect, the sign-in window). */
  status: number | null;
  /** A stable code when no answer came. */
  error: string | null;
  /** Milliseconds from sending to the last byte of the answer, or to its failure. */
  ms: number;
  /** Bytes of the request's body; null when it is not known how many went out. */
  sent: number | null;
  /** Bytes of the answer's body; null when it was not read, or broke off. */
  received: number | null;
  /** What the service calls this request: AWS's support asks for it. */
  requestId: string | null;
}
