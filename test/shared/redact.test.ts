import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { log } from "../../src/shared/log.ts";
import { redact } from "../../src/shared/redact.ts";

const word = fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/);

describe("a text for the console", () => {
  test("loses whatever looks like a secret", () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        const jwt = `eyJ${a}.${b}.${c}`;
        const url = `https://h/?code=${a}&state=${b}&X-Amz-Signature=${c}&X-Amz-Security-Token=${a}`;
        const text = redact(`${jwt} ${url} refresh_token=${b} Bearer ${c}`);
        for (const secret of [a, b, c]) expect(text).not.toContain(`=${secret}`);
        expect(text).not.toContain(jwt);
        expect(text).not.toContain(`Bearer ${c}`);
      }),
    );
    expect(redact(`x-amz-security-token:${"Ab+/9".repeat(20)}==\nhost:h`)).toBe(
      "x-amz-security-token:[hidden]\nhost:h",
    );
    expect(redact(`token FwoGZXIvYXdzE${"Ab+/9".repeat(20)}== ended`)).toBe("token [session token] ended");
    expect(redact("key ASIAIOSFODNN7EXAMPLE")).toBe("key [access key]");
    expect(redact("a plain sentence, status=200")).toBe("a plain sentence, status=200");
  });

  test("says of an error its code and request id, never its cause", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const cause = { claims: { sub: "local|alice" } };
    log.warn("sign-in", new HoldallError("id-token-nonce", { requestId: "r-1" }, { cause }));
    expect(warn.mock.calls).toEqual([["holdall: sign-in: id-token-nonce  r-1"]]);
    warn.mockRestore();
  });
});
