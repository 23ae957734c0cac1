import { beforeEach, describe, expect, test, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { issuer } from "./support/fake-provider.ts";
import { createWorld, profileId, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => "accepted",
    (error: unknown) => {
      if (error instanceof HoldallError) return [error.code, ...(error.facts.subs ?? [])].join(" ");
      throw error;
    },
  );
}

const kept = () => [...world.store.values.keys()].filter((key) => !/^(?:discovery|keys)\//.test(key));
const answer = (status: number, body: string, type: string) =>
  new Response(body, { status, headers: { "content-type": type } });

describe("signing in", () => {
  test("asks the provider four things and STS one, and keeps no secret outside storage.session", async () => {
    await world.sessions.signIn(profileId);
    expect(world.provider.calls).toEqual(["discovery", "window", "token code", "keys"]);
    expect(world.sts).toEqual([expect.stringMatching(/^holdall-[0-9a-f]{16}$/)]);
    expect(await world.sessions.state(profileId)).toMatchObject({
      state: "signed-in",
      identity: { id: "local|alice", name: "Alice Archer" },
    });
    expect(kept()).toEqual([`session/${profileId}`]);
    expect([...world.notes.values]).toEqual([[`last/${profileId}`, "in"]]);
  });

  test("leaves nothing in the HTTP cache and sends no cookie with a token", async () => {
    const fetch = vi.spyOn(world.provider, "fetch");
    await world.sessions.signIn(profileId);
    expect(fetch.mock.calls.length).toBeGreaterThan(2);
    for (const [, init] of fetch.mock.calls) expect(init).toMatchObject({ cache: "no-store", credentials: "omit" });
  });

  test("opens no window while the provider's endpoints may not be reached", async () => {
    world.settings.withheld = ["tokens.example.net"];
    world.provider.metadata = { token_endpoint: "https://tokens.example.net/token" };
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("permission-needed tokens.example.net");
    expect(world.provider.calls).toEqual(["discovery"]);
    expect(await world.sessions.state(profileId)).toMatchObject({
      state: "signed-out",
      error: { code: "permission-needed", facts: { subs: ["tokens.example.net"] } },
    });
  });

  test("opens no window without network, though the provider's metadata is at hand", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    world.provider.calls.length = 0;
    world.settings.online = false;
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("offline");
    expect(world.provider.calls).not.toContain("window");
    expect(await world.sessions.state(profileId)).toMatchObject({ state: "signed-out", error: { code: "offline" } });
  });

  test("is one window for two clicks", async () => {
    await Promise.all([world.sessions.signIn(profileId), world.sessions.signIn(profileId)]);
    expect(world.provider.calls.filter((call) => call === "window")).toHaveLength(1);
  });

  test("puts no secret into the URL, and asks for consent when a refresh token is wanted", async () => {
    const launch = vi.spyOn(world.provider, "launch");
    await world.sessions.signIn(profileId);
    const { searchParams } = new URL(launch.mock.calls[0]?.[0] ?? "");
    expect([...searchParams.keys()].sort()).toEqual([
      "client_id",
      "code_challenge",
      "code_challenge_method",
      "nonce",
      "prompt",
      "redirect_uri",
      "response_type",
      "scope",
      "state",
    ]);
    expect(searchParams.get("prompt")).toBe("consent");
    expect(searchParams.get("code_challenge_method")).toBe("S256");
  });

  test("does without offline_access at a provider that does not list it", async () => {
    world.provider.metadata = { scopes_supported: ["openid", "email"] };
    const launch = vi.spyOn(world.provider, "launch");
    await world.sessions.signIn(profileId);
    expect(new URL(launch.mock.calls[0]?.[0] ?? "").searchParams.get("scope")).toBe("openid email");
  });

  test.each([
    ["a wrong state", { state: "x" }, "callback-state"],
    ["no state", { state: null }, "callback-state"],
    ["another iss", { iss: "https://evil.example" }, "callback-issuer"],
    ["no iss", { iss: null }, "callback-issuer"],
    ["access_denied", { code: null, error: "access_denied" }, "sign-in-refused access_denied"],
  ])("that comes back with %s ends signed out, without a token request", async (_, redirect, code) => {
    world.provider.redirect = redirect;
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(code);
    expect(world.provider.calls).toEqual(["discovery", "window"]);
    expect(kept()).toEqual([]);
    expect(await world.sessions.state(profileId)).toMatchObject({
      state: "signed-out",
      error: { code: code.split(" ")[0] },
    });
  });

  test("whose window is closed ends signed out, and does not begin again by itself", async () => {
    world.provider.window = "closed";
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("sign-in-cancelled");
    expect(world.provider.calls.filter((call) => call === "window")).toHaveLength(1);
    expect(kept()).toEqual([]);
  });

  test.each(["closed", "unloadable"] as const)(
    "whose window ends %s on the provider's refusal names the client",
    async (window) => {
      world.provider.window = window;
      world.provider.faults.push({
        operation: "authorize",
        fault: answer(400, "<h1>invalid_client</h1>", "text/html"),
      });
      expect(await codeOf(world.sessions.signIn(profileId))).toBe("client-refused holdall-test");
    },
  );

  test("finds nothing pending when the record was taken by an earlier redirect", async () => {
    const { launch } = world.provider;
    world.provider.launch = async (url, interactive) => {
      world.store.values.delete(`pending/${profileId}`);
      return await launch(url, interactive);
    };
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("callback-unexpected");
    expect(world.provider.calls).not.toContain("token code");
  });

  test.each([
    ["HTML", answer(200, "<!doctype html>", "text/html"), `issuer-not-openid ${issuer}`],
    ["404", answer(404, "", "text/plain"), `issuer-not-openid ${issuer}`],
    [
      "another issuer",
      Response.json({ issuer: "https://login.example.com" }),
      `issuer-mismatch ${issuer} https://login.example.com`,
    ],
    [
      "an insecure token endpoint",
      Response.json({
        issuer,
        authorization_endpoint: `${issuer}a`,
        token_endpoint: "http://login.example.com/t",
        jwks_uri: `${issuer}k`,
      }),
      "issuer-insecure http://login.example.com/t",
    ],
  ])("at an issuer whose discovery answers %s says so", async (_, fault, code) => {
    world.provider.faults.push({ operation: "discovery", fault });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(code);
    expect(world.provider.calls).toEqual(["discovery"]);
  });

  test("tries an unreachable issuer three times with growing pauses, then says so", async () => {
    for (let count = 0; count < 3; count++)
      world.provider.faults.push({ operation: "discovery", fault: "unreachable" });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(`issuer-unreachable ${issuer}`);
    expect(world.provider.calls).toEqual(["discovery", "discovery", "discovery"]);
    expect(world.pauses).toEqual([...world.pauses].sort((a, b) => a - b));
    expect(new Set(world.pauses).size).toBe(2);
  });

  test("does not wait for an issuer that never answers", async () => {
    for (let count = 0; count < 3; count++) world.provider.faults.push({ operation: "discovery", fault: "hangs" });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(`issuer-unreachable ${issuer}`);
    world.provider.faults.push({ operation: "token code", fault: "hangs" });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(`issuer-unreachable ${issuer}`);
    expect(world.provider.calls.filter((call) => call === "token code")).toHaveLength(1);
  });

  test("goes on when the third answer comes", async () => {
    world.provider.faults.push({ operation: "discovery", fault: answer(500, "", "text/plain") });
    world.provider.faults.push({ operation: "discovery", fault: "unreachable" });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("accepted");
  });

  test("does not send a code again whose answer was lost", async () => {
    world.provider.faults.push({ operation: "token code", fault: "lost" });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe(`issuer-unreachable ${issuer}`);
    expect(world.provider.calls.filter((call) => call === "token code")).toHaveLength(1);
  });

  test("says a permanent error of STS at once and keeps nothing", async () => {
    world.settings.stsError = new HoldallError("trust-refused", { subs: ["arn"] });
    expect(await codeOf(world.sessions.signIn(profileId))).toBe("trust-refused arn");
    expect(world.sts).toHaveLength(1);
    expect(kept()).toEqual([]);
  });
});

describe("a background that ends while the window is open", () => {
  async function endInWindow(): Promise<void> {
    let opened = () => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const { launch } = world.provider;
    world.provider.launch = async (url, interactive) => {
      if (!new URL(url).searchParams.has("nonce")) return await launch(url, interactive);
      opened();
      return await new Promise(() => {});
    };
    void world.sessions.signIn(profileId);
    await open;
    world.provider.launch = launch;
  }

  test("is never half signed in: the record is gone and it is said", async () => {
    await endInWindow();
    expect(kept()).toEqual([`pending/${profileId}`]);
    const sessions = world.restart();
    expect(await sessions.state(profileId)).toMatchObject({
      state: "signed-out",
      error: { code: "sign-in-interrupted" },
    });
    expect(kept()).toEqual([]);
  });

  test("is signed in by a silent try when the person got as far as the provider's cookie", async () => {
    await endInWindow();
    world.provider.cookie = "local|alice";
    const sessions = world.restart();
    expect(await sessions.signInSilently(profileId)).toBe(true);
    expect(await sessions.state(profileId)).toMatchObject({ state: "signed-in", identity: { id: "local|alice" } });
  });

  test("signs in nobody silently where the provider was to ask who it is", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    await endInWindow();
    world.provider.cookie = "local|alice";
    const sessions = world.restart();
    expect(await sessions.signInSilently(profileId)).toBe(false);
    expect(await sessions.state(profileId)).toMatchObject({ state: "signed-out" });
  });
});
