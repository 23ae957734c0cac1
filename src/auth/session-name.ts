/**
 * The RoleSessionName for STS: `holdall-` and 16 hex digits of the subject's SHA-256. It shows in CloudTrail, so that one
 * person's lines can be found, and divides nothing: its caller chooses it.
 */
export async function sessionName(subject: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subject));
  const hex = [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `holdall-${hex}`;
}
