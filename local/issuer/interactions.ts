import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import type { Person } from "../config.ts";
import { readBody } from "../http/read-body.ts";
import { loginPage } from "./login-page.ts";
import { sendPage } from "./page.ts";

/** Bytes of a login form. */
const FORM_LIMIT = 8 * 1024;

export const INTERACTION_PATH = /^\/interaction\/[\w-]{1,64}$/;

/**
 * The provider's dialogues at `/interaction/<uid>`: the login form, and the consent that our own client always has.
 *
 * @throws {Error} oidc-provider's `SessionNotFound` when the dialogue is over or belongs to another browser
 */
export async function handleInteraction(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === "consent") {
    const granted = await grantAll(
      provider,
      String(params.client_id),
      String(params.scope),
      session?.accountId,
      grantId,
    );
    return provider.interactionFinished(
      request,
      response,
      { consent: { grantId: granted } },
      { mergeWithLastSubmission: true },
    );
  }
  const action = request.url ?? "/";
  if (request.method !== "POST") {
    const name = typeof params.login_hint === "string" ? params.login_hint : "";
    return sendPage(response, 200, loginPage({ action, name, refused: false }));
  }
  const form = new URLSearchParams((await readBody(request, FORM_LIMIT)).toString("utf8"));
  const name = (form.get("login") ?? "").trim();
  const person = people.find((candidate) => candidate.name === name && candidate.password === form.get("password"));
  // 200: Chromium ends a launchWebAuthFlow whose page answers 400 or above.
  if (person === undefined) return sendPage(response, 200, loginPage({ action, name, refused: true }));
  return provider.interactionFinished(request, response, { login: { accountId: person.subject, amr: ["pwd"] } });
}

/**
 * Grants `scope`, `offline_access` included: the client is the provider's own, so nobody is asked.
 *
 * @returns the grant's id
 */
export async function grantAll(
  provider: Provider,
  clientId: string,
  scope: string,
  accountId: string | undefined,
  existing?: string,
): Promise<string> {
  const found = existing === undefined ? undefined : await provider.Grant.find(existing);
  const grant = found ?? new provider.Grant({ clientId, ...(accountId === undefined ? {} : { accountId }) });
  grant.addOIDCScope(scope);
  return grant.save();
}
