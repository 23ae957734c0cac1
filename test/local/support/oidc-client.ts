import * as oauth from "oauth4webapi";
import type { LocalAwsInfo } from "../../../local/info.ts";
import type { CookieBrowser } from "./cookie-browser.ts";

/** Loopback without TLS is what this client is told to accept, and nothing else about it is special. */
const INSECURE = { [oauth.allowInsecureRequests]: true };

/** A relying party of the local provider, with oauth4webapi's checks. */
export class OidcClient {
  private constructor(
    readonly server: oauth.AuthorizationServer,
    readonly client: oauth.Client,
    readonly redirectUri: string,
    private readonly scope: string,
  ) {}

  static async discover(info: LocalAwsInfo, redirectUri = "http://127.0.0.1:51234/callback"): Promise<OidcClient> {
    const issuer = new URL(info.issuer);
    const answer = await oauth.discoveryRequest(issuer, INSECURE);
    const server = await oauth.processDiscoveryResponse(issuer, answer);
    const { clientId, scopes } = info.profile;
    return new OidcClient(server, { client_id: clientId }, redirectUri, scopes.join(" "));
  }

  async authorizationUrl(
    extra: Record<string, string> = {},
  ): Promise<{ url: URL; verifier: string; state: string; nonce: string }> {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const nonce = oauth.generateRandomNonce();
    const url = new URL(this.server.authorization_endpoint ?? "");
    url.search = new URLSearchParams({
      client_id: this.client.client_id,
      redirect_uri: this.redirectUri,
      response_type: "code",
      scope: this.scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...extra,
    }).toString();
    return { url, verifier, state, nonce };
  }

  /** Signs in through the login page, or silently when `browser` still knows who it is. */
  async signIn(
    browser: CookieBrowser,
    person: { name: string; password: string } | null,
    extra: Record<string, string> = {},
  ) {
    const { url, verifier, state, nonce } = await this.authorizationUrl(extra);
    const origin = url.origin;
    let step = await browser.follow(url, origin);
    if ("page" in step && person !== null) {
      const [, action = ""] = /action="([^"]+)"/.exec(await step.page.text()) ?? [];
      const posted = await browser.open(new URL(action, origin), { login: person.name, password: person.password });
      const location = posted.headers.get("location");
      if (location === null) return { refused: await posted.text() };
      step = await browser.follow(new URL(location, origin), origin);
    }
    if ("page" in step) throw new Error(`No redirect: ${await step.page.text()}`);
    const parameters = oauth.validateAuthResponse(this.server, this.client, step.left, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      this.server,
      this.client,
      oauth.None(),
      parameters,
      this.redirectUri,
      verifier,
      INSECURE,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(this.server, this.client, answer, {
      expectedNonce: nonce,
    });
    await oauth.validateApplicationLevelSignature(this.server, answer, INSECURE);
    return { tokens, callback: step.left };
  }

  async refresh(refreshToken: string): Promise<oauth.TokenEndpointResponse> {
    const answer = await oauth.refreshTokenGrantRequest(this.server, this.client, oauth.None(), refreshToken, INSECURE);
    return oauth.processRefreshTokenResponse(this.server, this.client, answer);
  }

  async revoke(token: string): Promise<void> {
    const answer = await oauth.revocationRequest(this.server, this.client, oauth.None(), token, INSECURE);
    await oauth.processRevocationResponse(answer);
  }
}
