import type { KoaContextWithOIDC } from "oidc-provider";

/**
 * Ends the sign-in at the provider and goes on by plain redirect, without asking: the client is the provider's own, and a
 * silent `launchWebAuthFlow` stops at the first page that does not redirect. (RP-Initiated Logout leaves the question to
 * the provider.)
 */
export async function logOut(context: KoaContextWithOIDC): Promise<void> {
  const { session, provider, params } = context.oidc;
  if (session === undefined) throw new Error("The end-session route always has a session.");
  for (const { grantId } of Object.values(session.authorizations ?? {})) {
    if (grantId !== undefined) await endGrant(provider, grantId);
  }
  await session.destroy();
  context.cookies.set(provider.cookieName("session"), null);
  const target = typeof params?.post_logout_redirect_uri === "string" ? params.post_logout_redirect_uri : null;
  const url = new URL(target ?? context.oidc.urlFor("end_session_success"));
  if (target !== null && typeof params?.state === "string") url.searchParams.set("state", params.state);
  context.redirect(url.href);
  context.status = 303;
}

async function endGrant(provider: KoaContextWithOIDC["oidc"]["provider"], grantId: string): Promise<void> {
  await Promise.all([
    provider.AccessToken.revokeByGrantId(grantId),
    provider.RefreshToken.revokeByGrantId(grantId),
    provider.AuthorizationCode.revokeByGrantId(grantId),
  ]);
  await (await provider.Grant.find(grantId))?.destroy();
}
