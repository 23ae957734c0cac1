import * as oauth from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";
import type { PendingSignIn } from "./authorization-url.ts";

/** OpenID Connect Core 3.1.2.6: a silent request's answer when the provider would have to show something. */
const needsThePerson = new Set([
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
]);

/**
 * Judges the redirect that ended the sign-in window (OpenID Connect Core 3.1.2.5, RFC 9207). Sends nothing.
 *
 * @param pending taken out of the store by the caller, so that the same redirect finds nothing the second time
 * @returns the parameters, fit for the token request
 * @throws HoldallError `callback-unexpected`, `callback-malformed`, `callback-state`, `callback-issuer`, `sign-in-refused`
 *   with the provider's error, `client-refused`; `session-ended` when a silent request would need the person
 */
export function judgeCallback(input: {
  url: string;
  redirectUrl: string;
  pending: PendingSignIn | null;
  server: oauth.AuthorizationServer;
  client: oauth.Client;
}): URLSearchParams {
  const { pending, server, client } = input;
  if (pending === null) throw new HoldallError("callback-unexpected");
  const url = URL.canParse(input.url) ? new URL(input.url) : null;
  if (url === null || url.origin + url.pathname !== input.redirectUrl) throw new HoldallError("callback-malformed");
  const parameters = url.searchParams;
  for (const name of ["state", "iss", "code", "error"]) {
    if (parameters.getAll(name).length > 1) throw new HoldallError("callback-malformed");
  }
  if (parameters.get("state") !== pending.state) throw new HoldallError("callback-state");
  const iss = parameters.get("iss");
  if (iss === null ? server.authorization_response_iss_parameter_supported === true : iss !== server.issuer) {
    throw new HoldallError("callback-issuer");
  }
  const error = parameters.get("error");
  if (error !== null) throw refusal(error, client.client_id, input.redirectUrl);
  if (!parameters.get("code")) throw new HoldallError("callback-malformed");
  try {
    return oauth.validateAuthResponse(server, client, parameters, pending.state);
  } catch {
    throw new HoldallError("callback-malformed");
  }
}

function refusal(error: string, clientId: string, redirectUrl: string): HoldallError {
  if (needsThePerson.has(error)) return new HoldallError("session-ended");
  if (error === "unauthorized_client" || error === "invalid_client") {
    return new HoldallError("client-refused", {
      subs: [clientId],
      service: "issuer",
      detail: `redirect_uri ${redirectUrl}`,
    });
  }
  // RFC 6749 4.1.2.1 limits the characters; what else arrives is not the provider's word and is not repeated.
  const word = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(error) ? error : "unreadable";
  return new HoldallError("sign-in-refused", { subs: [word], service: "issuer" });
}
