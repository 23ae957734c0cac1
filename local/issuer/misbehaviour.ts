import type { KoaContextWithOIDC } from "oidc-provider";

/**
 * How the discovery document is told: `slash` adds one to the issuer, `insecure` names endpoints without TLS off loopback,
 * `elsewhere` endpoints of another host, `redirect` leads to another origin that has the true document.
 */
export const DISCOVERY_MODES = [
  "normal",
  "otherIssuer",
  "slash",
  "insecure",
  "elsewhere",
  "html",
  "missing",
  "redirect",
] as const;

/** What the keys' address answers. */
export const KEYS_MODES = ["normal", "empty", "html"] as const;

export interface IssuerBehaviour {
  discovery: (typeof DISCOVERY_MODES)[number];
  keys: (typeof KEYS_MODES)[number];
}

export const WELL_BEHAVED: Readonly<IssuerBehaviour> = { discovery: "normal", keys: "normal" };

/** Rewrites what the provider itself would answer, for everybody who asks, AWS's services included. */
export function misbehave(behaviour: IssuerBehaviour) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (context.path === "/.well-known/openid-configuration") tellDiscovery(context, behaviour.discovery);
    if (context.path === "/jwks") tellKeys(context, behaviour.keys);
  };
}

function tellDiscovery(context: KoaContextWithOIDC, mode: IssuerBehaviour["discovery"]): void {
  const document = context.body as Record<string, unknown>;
  switch (mode) {
    case "normal":
      return;
    case "otherIssuer":
      context.body = { ...document, issuer: "https://login.example.com" };
      return;
    case "slash":
      context.body = { ...document, issuer: `${document.issuer}/` };
      return;
    case "insecure":
      context.body = moved(document, "http://192.0.2.7");
      return;
    case "elsewhere":
      context.body = moved(document, "https://login.example.com");
      return;
    case "html":
      tellHtml(context, 200);
      return;
    case "missing":
      tellHtml(context, 404);
      return;
    case "redirect": {
      // Told by the query, or it would lead on for ever.
      if (context.query.redirected !== undefined) return;
      const port = context.host.split(":")[1];
      context.redirect(`http://localhost:${port}${context.path}?redirected`);
    }
  }
}

/** Every endpoint at another origin; the issuer stays. */
function moved(document: Record<string, unknown>, origin: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => {
      if (typeof value !== "string" || !/_(?:endpoint|uri)$/.test(name)) return [name, value];
      return [name, `${origin}${new URL(value).pathname}`];
    }),
  );
}

function tellKeys(context: KoaContextWithOIDC, mode: IssuerBehaviour["keys"]): void {
  if (mode === "empty") context.body = { keys: [] };
  if (mode === "html") tellHtml(context, 200);
}

function tellHtml(context: KoaContextWithOIDC, status: number): void {
  context.body = "<!doctype html><title>Welcome</title><h1>Welcome to the portal</h1>";
  context.type = "text/html; charset=utf-8";
  context.status = status;
}
