import { beforeEach, describe, expect, test } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { createWorld, profileId, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

/** The code of a sign-in, with its substitutions. */
async function signInCode(): Promise<string> {
  try {
    await world.sessions.signIn(profileId);
    return "accepted";
  } catch (error) {
    if (error instanceof HoldallError) return [error.code, ...(error.facts.subs ?? [])].join(" ");
    throw error;
  }
}

async function expectNothingKept(): Promise<void> {
  expect([...world.store.values.keys()].filter((key) => !/^(?:discovery|keys)\//.test(key))).toEqual([]);
  expect(world.sts).toEqual([]);
  expect(await world.sessions.state(profileId)).toMatchObject({ state: "signed-out" });
}

const hour = 3600;
const now = () => Math.floor(Date.now() / 1000);

describe("an ID token with", () => {
  test.each([
    ["another iss", { iss: "https://login.example.com" }, "id-token-issuer"],
    ["no iss", { iss: undefined }, "id-token-issuer"],
    ["another aud", { aud: "another" }, "id-token-audience"],
    ["no aud", { aud: undefined }, "id-token-audience"],
    ["several aud and another azp", { aud: ["holdall-test", "other"], azp: "other" }, "id-token-audience"],
    ["our aud and another azp, which AWS reads first", { azp: "other" }, "id-token-audience"],
    ["another nonce", { nonce: "x" }, "id-token-nonce"],
    ["no nonce", { nonce: undefined }, "id-token-nonce"],
    ["exp in the past", { exp: now() - hour, iat: now() - 2 * hour }, "id-token-expired"],
    ["iat in the future", { iat: now() + hour, exp: now() + 2 * hour }, "id-token-expired"],
    ["no exp", { exp: undefined }, "id-token-malformed"],
    ["exp that is a text", { exp: "soon" }, "id-token-malformed"],
    ["no sub", { sub: undefined }, "id-token-subject"],
    ["a sub that is a number", { sub: 7 }, "id-token-subject"],
    ["an empty sub", { sub: "" }, "id-token-subject"],
  ])("%s is refused and nothing is kept", async (_, claims, code) => {
    world.provider.claims = claims;
    expect(await signInCode()).toBe(code);
    await expectNothingKept();
  });

  test("alg none is refused, even where the provider advertises it", async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: "https://login.example.com/", aud: "holdall-test", sub: "x", iat: now(), exp: now() + hour };
    for (const advertised of [["ES256"], ["ES256", "none"]]) {
      world = await createWorld();
      world.provider.metadata = { id_token_signing_alg_values_supported: advertised };
      // The nonce is what the window carried: learned like an attacker would, from the URL.
      const { launch } = world.provider;
      world.provider.launch = async (url, interactive) => {
        const nonce = new URL(url).searchParams.get("nonce");
        world.provider.tokenAnswer = { id_token: `${encode({ alg: "none" })}.${encode({ ...claims, nonce })}.` };
        return await launch(url, interactive);
      };
      expect(await signInCode()).toBe("id-token-algorithm");
      await expectNothingKept();
    }
  });

  test("a signature of somebody else's key is refused", async () => {
    const other = (await createWorld()).provider;
    world.provider.sign = (claims) => other.sign(claims, { alg: "ES256", kid: "one" });
    expect(await signInCode()).toBe("id-token-signature");
    await expectNothingKept();
  });

  test.each([
    ["is no JWT", { id_token: "abc" }, "id-token-malformed"],
    ["is missing", { id_token: undefined }, "id-token-missing"],
  ])("that %s is refused", async (_, tokenAnswer, code) => {
    world.provider.tokenAnswer = tokenAnswer;
    expect(await signInCode()).toBe(code);
    await expectNothingKept();
  });
});

describe("signing keys that were rotated", () => {
  test("are fetched once more, and the sign-in succeeds", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    // Kept keys that are old enough not to be the answer to this very token.
    const kept = [...world.store.values.keys()].find((key) => key.startsWith("keys/")) ?? "";
    const value = world.store.values.get(kept) as { uat: number };
    world.store.values.set(kept, { ...value, uat: now() - 30 });
    await world.provider.rotateKeys();
    world.provider.calls.length = 0;
    expect(await signInCode()).toBe("accepted");
    expect(world.provider.calls.filter((call) => call === "keys")).toHaveLength(1);
  });

  test("are not hammered for tokens that never fit", async () => {
    await world.sessions.signIn(profileId);
    await world.sessions.signOut(profileId);
    const stranger = (await createWorld()).provider;
    world.provider.sign = (claims) => stranger.sign(claims);
    world.provider.calls.length = 0;
    for (let attempt = 0; attempt < 5; attempt++) expect(await signInCode()).toBe("id-token-signature");
    expect(world.provider.calls.filter((call) => call === "keys").length).toBeLessThanOrEqual(1);
  });
});

describe("a machine's clock that is wrong", () => {
  test.each([
    ["an hour behind", 3_600_000],
    ["an hour ahead", -3_600_000],
    ["a day behind", 86_400_000],
    ["a day ahead", -86_400_000],
  ])("by %s is corrected by the provider's Date", async (_, ahead) => {
    world.provider.ahead = ahead;
    expect(await signInCode()).toBe("accepted");
  });

  test.each([
    ["behind", 3_600_000],
    ["ahead", -2 * 3_600_000],
  ])("and %s is said when the provider tells no time", async (_, ahead) => {
    world.provider.sendsDate = false;
    world.provider.ahead = ahead;
    expect(await signInCode()).toBe(`clock-wrong ${Math.abs(ahead) / 60_000}`);
    await expectNothingKept();
  });
});
