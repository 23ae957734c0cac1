import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { authorizationUrl, newPendingSignIn, type PendingSignIn } from "./authorization-url.ts";
import { discover } from "./discover.ts";
import { judgeCallback } from "./judge-callback.ts";
import type { Tokens } from "./judge-tokens.ts";
import { exchangeCode, type TokenDeps } from "./request-tokens.ts";

/** How the sign-in window ended. */
export type LaunchOutcome =
  | { kind: "redirected"; url: string }
  /** The person closed the window. */
  | { kind: "closed" }
  /** A silent launch that would have had to show something. */
  | { kind: "needs-person" }
  /** The page did not load. */
  | { kind: "unloadable" };

export interface AuthorizeDeps extends TokenDeps {
  /** `identity.launchWebAuthFlow`. */
  launch(url: string, interactive: boolean): Promise<LaunchOutcome>;
  /** Rejects with `permission-needed` when a host of the profile, or one of `urls`, may not be reached. */
  reachable(profile: Profile, urls: string[]): Promise<void>;
  /** Exactly as registered at the provider. */
  redirectUrl: string;
  /** For questions that are no part of a flow. */
  fetch: typeof fetch;
}

export const pendingKey = (profileId: string) => `pending/${profileId}`;

/**
 * One run through the authorization endpoint: with the person in a window, or silently (`prompt=none`).
 * The pending record lies in `storage.session` only while the window is open. It is taken out before anything is judged.
 *
 * @throws HoldallError `sign-in-cancelled`; `permission-needed`; `session-ended` when a silent run needs the person; those of `judgeCallback`,
 *   `discover` and `judgeTokens`
 */
export async function authorize(
  input: { profile: Profile; profileId: string; interactive: boolean; askWho: boolean; another?: boolean },
  deps: AuthorizeDeps,
  signal: AbortSignal,
): Promise<Tokens> {
  const { profile, profileId, interactive, askWho, another = false } = input;
  if (interactive) await deps.reachable(profile, []);
  const server = await discover(profile.issuer, deps, signal);
  // Providers may have their endpoints elsewhere. Found out later, it would cost the person a second sign-in.
  if (interactive) await deps.reachable(profile, [String(server.token_endpoint), String(server.jwks_uri)]);
  const begun = newPendingSignIn({ now: deps.now(), interactive, askWho, another });
  const url = await authorizationUrl(server, profile, begun, deps.redirectUrl);
  // Signed out meanwhile: neither the verifier nor a window is for anybody now.
  if (signal.aborted) throw new HoldallError("cancelled");
  await deps.store.set(pendingKey(profileId), begun);
  let outcome: LaunchOutcome;
  let pending: PendingSignIn | null;
  try {
    outcome = await deps.launch(url, interactive);
  } finally {
    pending = await takePending(profileId, begun, deps);
  }
  if (signal.aborted) throw new HoldallError("cancelled");
  switch (outcome.kind) {
    case "needs-person":
      throw new HoldallError("session-ended");
    case "unloadable":
    case "closed":
      throw await explain(outcome.kind, url, profile, deps, signal);
  }
  const client = { client_id: profile.clientId };
  const callback = judgeCallback({ url: outcome.url, redirectUrl: deps.redirectUrl, pending, server, client });
  const { verifier, nonce } = begun;
  return await exchangeCode({ profile, callback, redirectUrl: deps.redirectUrl, verifier, nonce }, deps, signal);
}

/** The stored record, which is gone afterwards; null when it is not the one that was begun. */
async function takePending(
  profileId: string,
  begun: PendingSignIn,
  { store }: AuthorizeDeps,
): Promise<PendingSignIn | null> {
  const stored = await store.get(pendingKey(profileId));
  const mine = typeof stored === "object" && stored !== null && "state" in stored && stored.state === begun.state;
  // Another's, begun after a sign-out closed this one, is left to its own window.
  if (mine) await store.remove(pendingKey(profileId));
  return mine ? begun : null;
}

/**
 * A provider shows its refusal of the client id or of the redirect URL in the window and never redirects (RFC 6749
 * 4.1.2.1): the person can but close it, and Chromium takes the page's 400 for a page that did not load. So the endpoint
 * is asked once more, without a person, cookies or a window.
 */
async function explain(
  ending: "closed" | "unloadable",
  url: string,
  { issuer, clientId }: Profile,
  deps: AuthorizeDeps,
  signal: AbortSignal,
): Promise<HoldallError> {
  const question = new URL(url);
  question.searchParams.set("prompt", "none");
  const response = await deps
    .fetch(question.href, {
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    })
    .catch(() => null);
  if (response?.status === 400 || response?.status === 401) {
    const detail = `redirect_uri ${deps.redirectUrl}`;
    return new HoldallError("client-refused", { subs: [clientId], service: "issuer", status: response.status, detail });
  }
  return ending === "closed"
    ? new HoldallError("sign-in-cancelled")
    : new HoldallError("issuer-unreachable", { subs: [issuer], service: "issuer" });
}
