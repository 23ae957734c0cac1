/** Role credentials. Background memory and `storage.session` only. */
export interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  expiresAt: number;
  /** AWS's clock minus this machine's in milliseconds, as STS's answer showed it; absent when they agree. */
  clockOffset?: number;
}

/** Who AWS says the person is. */
export interface Identity {
  /** `SubjectFromWebIdentityToken` of the STS answer. */
  id: string;
  /** For people to read: `name`, `preferred_username` or `email` of the ID token, else the subject. Never used as a key. */
  name: string;
}
