/** What the identity provider publishes about itself (OpenID Connect Discovery 1.0, RFC 7517). */
import { HoldallError } from "../../shared/holdall-error.ts";
import { isLoopback } from "../../shared/loopback.ts";
import type { DoctorWorld, Metadata, PublishedKey } from "../doctor-world.ts";
import type { Step } from "../step.ts";
import { askProvider, jsonObject, texts } from "./ask-provider.ts";

/** Key types of the signatures that AWS verifies. (IAM User Guide, "Create an OpenID Connect identity provider".) */
const usableTypes = ["RSA", "EC"];

export const providerSteps: Step<DoctorWorld>[] = [
  {
    id: "discovery",
    needs: ["permissions", "network"],
    async run(world, signal) {
      const { issuer } = world.profile;
      const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
      const response = await askProvider(world, url, signal);
      world.metadata = judgeDiscovery(issuer, response.status, await jsonObject(response));
      const { authorization_endpoint: authorization, token_endpoint: token, jwks_uri: keys } = world.metadata;
      return { facts: { issuer, authorization: String(authorization), token: String(token), keys: String(keys) } };
    },
  },
  {
    id: "pkce",
    needs: ["discovery"],
    async run({ metadata }) {
      const methods = texts(metadata?.code_challenge_methods_supported);
      // RFC 8414 lets a provider that knows PKCE be silent about it, and Microsoft's is.
      if (methods === null) return { state: "unproven" };
      if (!methods.includes("S256")) throw lacks("code_challenge_methods_supported: S256", methods);
      return { facts: { methods: methods.join(", ") } };
    },
  },
  {
    id: "scopes",
    needs: ["discovery"],
    async run({ metadata, profile }) {
      const types = texts(metadata?.response_types_supported);
      if (types !== null && !types.includes("code")) throw lacks("response_types_supported: code", types);
      const offered = texts(metadata?.scopes_supported);
      if (offered === null) return { facts: { scopes: profile.scopes.join(" ") } };
      if (!offered.includes("openid")) throw lacks("scopes_supported: openid", offered);
      // A provider need not list every scope that it knows.
      const unlisted = profile.scopes.filter((scope) => !offered.includes(scope));
      return {
        facts: { scopes: profile.scopes.join(" "), ...(unlisted.length > 0 && { unlisted: unlisted.join(" ") }) },
      };
    },
  },
  {
    id: "keys",
    needs: ["discovery"],
    async run(world, signal) {
      const response = await askProvider(world, String(world.metadata?.jwks_uri), signal);
      const document = response.status === 200 ? await jsonObject(response) : null;
      if (!Array.isArray(document?.keys)) {
        throw new HoldallError("issuer-not-openid", {
          subs: [world.profile.issuer],
          service: "issuer",
          status: response.status,
          detail: `jwks_uri ${String(world.metadata?.jwks_uri)}`,
        });
      }
      world.keys = document.keys.flatMap(readKey);
      const kinds = world.keys.map(({ kty, alg }) => alg ?? kty);
      if (world.keys.length === 0) throw lacks("jwks_uri: RSA, EC", kinds);
      return {
        facts: {
          algorithms: [...new Set(kinds)].join(", "),
          keyIds: world.keys.map(({ kid }) => kid ?? "?").join(", "),
        },
      };
    },
  },
];

/** @throws HoldallError `issuer-not-openid`, `issuer-mismatch`, `issuer-insecure` */
function judgeDiscovery(issuer: string, status: number, document: Record<string, unknown> | null): Metadata {
  const notOpenId = (detail: string) =>
    new HoldallError("issuer-not-openid", { subs: [issuer], service: "issuer", status, ...(detail && { detail }) });
  if (status !== 200 || typeof document?.issuer !== "string") throw notOpenId("");
  // Byte for byte, closing slash included: IAM's condition keys are made of it.
  if (document.issuer !== issuer) {
    throw new HoldallError("issuer-mismatch", { subs: [issuer, document.issuer], service: "issuer" });
  }
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"]) {
    const url = document[name];
    if (typeof url !== "string" || !URL.canParse(url)) throw notOpenId(name);
    const { protocol, hostname } = new URL(url);
    if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) {
      throw new HoldallError("issuer-insecure", { subs: [url], service: "issuer" });
    }
  }
  return document as Metadata;
}

/** A key that AWS could verify a signature with, in a list of one; else none. */
function readKey(key: unknown): PublishedKey[] {
  if (typeof key !== "object" || key === null) return [];
  const { kid, kty, alg, use } = key as Record<string, unknown>;
  if (typeof kty !== "string" || !usableTypes.includes(kty) || use === "enc") return [];
  return [{ kid: typeof kid === "string" ? kid : null, kty, alg: typeof alg === "string" ? alg : null }];
}

function lacks(what: string, found: string[]): HoldallError {
  return new HoldallError("provider-lacks", { subs: [what, found.join(", ") || "–"], service: "issuer" });
}
