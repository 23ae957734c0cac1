import { clearCredentialCache } from "@smithy/signature-v4";

/**
 * Empties the SDK's store of signing keys, which outlives its clients: derived keys and session tokens of the last fifty
 * credentials, good for the rest of their day and their hour. Whoever is still signed in derives theirs again.
 */
export function forgetSigningKeys(): void {
  clearCredentialCache();
}
