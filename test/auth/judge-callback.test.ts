import { describe, expect, test } from "vitest";
import { newPendingSignIn } from "../../src/auth/authorization-url.ts";
import { judgeCallback } from "../../src/auth/judge-callback.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { clientId, issuer, redirectUrl } from "./support/fake-provider.ts";

const pending = newPendingSignIn({ now: 0, interactive: true, askWho: false, another: false });
const server = { issuer, authorization_response_iss_parameter_supported: true };
const right = { code: "c", state: pending.state, iss: issuer };

function judge(parameters: Record<string, string> | string, options: { pending?: null; advertised?: boolean } = {}) {
  const query = typeof parameters === "string" ? parameters : new URLSearchParams(parameters).toString();
  return judgeCallback({
    url: query.startsWith("http") ? query : `${redirectUrl}?${query}`,
    redirectUrl,
    pending: options.pending === null ? null : pending,
    server: { ...server, authorization_response_iss_parameter_supported: options.advertised ?? true },
    client: { client_id: clientId },
  });
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HoldallError) return [error.code, ...(error.facts.subs ?? [])].join(" ");
    throw error;
  }
  return "accepted";
}

describe("the redirect back from the provider", () => {
  test("is taken when state and iss are right", () => {
    expect(judge(right).get("code")).toBe("c");
    expect(codeOf(() => judge({ code: "c", state: pending.state }, { advertised: false }))).toBe("accepted");
  });

  const doubled = `${new URLSearchParams(right)}&code=d`;
  test.each([
    ["state of another", { ...right, state: "x" }, "callback-state"],
    ["no state", { code: "c", iss: issuer }, "callback-state"],
    ["an error without our state", { error: "access_denied", iss: issuer }, "callback-state"],
    ["iss of another", { ...right, iss: "https://login.example.com" }, "callback-issuer"],
    ["iss missing though advertised", { code: "c", state: pending.state }, "callback-issuer"],
    ["access_denied", { error: "access_denied", state: pending.state, iss: issuer }, "sign-in-refused access_denied"],
    ["an error that is markup", { error: '<img>"', state: pending.state, iss: issuer }, "sign-in-refused unreadable"],
    [
      "unauthorized_client",
      { error: "unauthorized_client", state: pending.state, iss: issuer },
      `client-refused ${clientId}`,
    ],
    ["login_required", { error: "login_required", state: pending.state, iss: issuer }, "session-ended"],
    ["neither code nor error", { state: pending.state, iss: issuer }, "callback-malformed"],
    ["a parameter twice", doubled, "callback-malformed"],
    ["an ID token in the URL", { ...right, id_token: "x" }, "callback-malformed"],
    ["another address", `https://evil.example/?${new URLSearchParams(right)}`, "callback-malformed"],
    ["no address", "https://", "callback-malformed"],
  ])("with %s is refused", (_, parameters, code) => {
    expect(codeOf(() => judge(parameters))).toBe(code);
  });

  test("finds nothing pending the second time", () => {
    expect(codeOf(() => judge(right, { pending: null }))).toBe("callback-unexpected");
  });
});
