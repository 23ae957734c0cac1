import { describe, expect, test, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { toWireError } from "../../src/shared/result.ts";

describe("an error", () => {
  test("of another script's copy of the class is one too, and keeps its code", async () => {
    vi.resetModules();
    const copy = await import("../../src/shared/holdall-error.ts");
    const error = new copy.HoldallError("item-missing", { requestId: "r" });
    expect(copy.HoldallError).not.toBe(HoldallError);
    expect(error instanceof HoldallError).toBe(true);
    expect(toWireError(error)).toEqual({ code: "item-missing", facts: { requestId: "r" } });
  });

  test("that only looks like one is none", () => {
    const forged = structuredClone({ ...new HoldallError("item-missing") });
    for (const value of [forged, new Error("item-missing"), { code: "item-missing", facts: {} }, null, "x"]) {
      expect(value instanceof HoldallError).toBe(false);
    }
    expect(toWireError({ code: "item-missing", facts: {} }).code).toBe("internal");
  });

  test("shows neither stack nor cause to a page", () => {
    const wire = toWireError(new HoldallError("timeout", { subs: ["h"] }, { cause: new Error("secret") }));
    expect(wire).toEqual({ code: "timeout", facts: { subs: ["h"] } });
  });
});
