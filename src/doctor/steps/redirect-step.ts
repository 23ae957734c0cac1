import { base64UrlOf } from "../../shared/base64.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { providerFamily } from "../../shared/provider-family.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step, StepOutcome } from "../step.ts";
import { askProvider } from "./ask-provider.ts";

/**
 * They show their refusal of a redirect URL by redirecting to a page of their own, Auth0 where the tenant has set one, and the
 * browser hides where.
 */
const redirectToRefuse = ["auth0", "cognito", "google"];

/**
 * Does the provider know the client, with exactly our redirect URL? The authorization endpoint is asked without a person,
 * cookies or a window: a provider that knows both sends back with `login_required`, one that does not must not redirect
 * (RFC 6749, 4.1.2.1).
 */
export const redirectStep: Step<DoctorWorld> = {
  id: "redirect",
  needs: ["discovery"],
  async run(world, signal) {
    const { deps, profile, metadata } = world;
    const facts = { redirect: deps.redirectUrl, client: profile.clientId };
    const url = await question(world);
    const response = await askProvider(world, url, signal);
    const refused = (detail: string): StepOutcome => ({
      state: "failed",
      facts,
      error: {
        code: "client-refused",
        facts: {
          subs: [profile.clientId],
          service: "issuer",
          ...(response.status > 0 && { status: response.status }),
          detail,
        },
      },
    });
    if ([400, 401, 403].includes(response.status)) return refused(`redirect_uri ${deps.redirectUrl}`);
    if (response.status >= 500) {
      throw new HoldallError("issuer-unreachable", {
        subs: [profile.issuer],
        service: "issuer",
        status: response.status,
      });
    }
    // Microsoft's page of refusal comes with 200; its code says what it is about.
    const code = response.status === 200 ? /AADSTS\d+/.exec(await response.text())?.[0] : undefined;
    if (code !== undefined) return refused(code);
    const target = response.headers.get("location");
    if (target !== null && /[?&]error=(?:redirect_mismatch|unauthorized_client|invalid_client)/.test(target)) {
      return refused(`redirect_uri ${deps.redirectUrl}`);
    }
    const told = target?.startsWith(deps.redirectUrl) === true || deps.identity !== null;
    const silent = redirectToRefuse.includes(providerFamily(profile.issuer, metadata ?? undefined));
    return { state: told || !silent ? "passed" : "unproven", facts };
  },
};

async function question({ deps, profile, metadata }: DoctorWorld): Promise<string> {
  const url = new URL(String(metadata?.authorization_endpoint));
  const parameters = {
    client_id: profile.clientId,
    redirect_uri: deps.redirectUrl,
    response_type: "code",
    scope: "openid",
    state: random(),
    nonce: random(),
    // Of a verifier that nobody keeps: no code comes of this question.
    code_challenge: random(),
    code_challenge_method: "S256",
    prompt: "none",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** 43 characters, as the base64url of a SHA-256. */
function random(): string {
  return base64UrlOf(crypto.getRandomValues(new Uint8Array(32)));
}
