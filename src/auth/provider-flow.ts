/** What talks to the identity provider: the part of this service that needs oauth4webapi, which may be loaded late. */
import { authorize } from "./authorize.ts";
import { endProviderSession, revokeTokens } from "./end-provider-session.ts";
import { refreshTokens } from "./request-tokens.ts";

export interface ProviderFlow {
  authorize: typeof authorize;
  refreshTokens: typeof refreshTokens;
  endProviderSession: typeof endProviderSession;
  revokeTokens: typeof revokeTokens;
}

export const providerFlow: ProviderFlow = { authorize, refreshTokens, endProviderSession, revokeTokens };
