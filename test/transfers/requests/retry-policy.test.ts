import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../src/shared/error-codes.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { TransferRecord } from "../../../src/transfers/record.ts";
import {
  allTries,
  judgeFailure,
  partsMayServe,
  pauseBefore,
  quickTries,
} from "../../../src/transfers/requests/retry-policy.ts";

const after = (attempts: number) => ({ attempts }) as TransferRecord;
const judge = (code: ErrorCode, attempts = 0, facts = {}) =>
  judgeFailure(new HoldallError(code, facts), after(attempts), 0.5);

describe("what a failure means", () => {
  it.each(["checksum-mismatch", "transfer-host-lost", "clock-wrong"] as const)(
    "%s: again, and after six tries failed",
    (code) => {
      for (let attempts = 0; attempts < quickTries - 1; attempts++) expect(judge(code, attempts).kind).toBe("again");
      expect(judge(code, quickTries - 1)).toEqual({ kind: "fail" });
    },
  );

  it.each(["unreachable", "timeout", "not-aws", "throttled", "service-unavailable"] as const)(
    "%s: quick tries, then one for each alarm, however long it lasts",
    (code) => {
      const kinds = Array.from({ length: 1000 }, (_, attempts) => judge(code, attempts).kind);
      expect(kinds.slice(0, quickTries)).toEqual([...Array(quickTries - 1).fill("again"), "wait"]);
      expect(kinds).not.toContain("fail");
      expect(new Set(kinds.slice(allTries))).toEqual(new Set(["wait"]));
    },
  );

  it("trouble of S3 waits, a comparison that failed does not, whatever the status", () => {
    expect(judge("service-refused", quickTries - 1, { awsCode: "SlowDown", status: 503 }).kind).toBe("wait");
    expect(judge("service-refused", quickTries - 1, { status: 500 }).kind).toBe("wait");
    expect(judge("checksum-mismatch", quickTries - 1, { status: 500 }).kind).toBe("fail");
  });

  it.each([
    ...(["signed-out", "session-ended", "offline", "permission-needed", "file-needed"] as const),
    // A renewal that is refused ends the session.
    ...(["identity-changed", "trust-refused", "token-refused", "client-refused", "id-token-expired"] as const),
  ])("%s waits without using up a try", (code) => {
    expect(judge(code, 29)).toEqual({ kind: "wait", counted: false });
  });

  it("expired credentials are renewed, a bounded number of times", () => {
    expect(judge("credentials-expired")).toEqual({ kind: "renew" });
    expect(judge("credentials-expired", quickTries)).toEqual({ kind: "fail" });
  });

  it("what a second try cannot mend fails at once", () => {
    for (const code of ["access-denied", "bucket-missing", "file-exists", "file-changed", "name-too-long"] as const) {
      expect(judge(code)).toEqual({ kind: "fail" });
    }
    expect(judge("file-exists", 0, { awsCode: "ConditionalRequestConflict", status: 409 }).kind).toBe("again");
  });

  it("pauses grow and stay below the worker's 30 s", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (tries, random) => {
          const pause = pauseBefore(tries, random);
          expect(pause).toBeGreaterThanOrEqual(500);
          expect(pause).toBeLessThanOrEqual(20_000);
          expect(pauseBefore(tries + 1, random)).toBeGreaterThanOrEqual(pause);
        },
      ),
    );
  });
});

it("parts are kept for another try unless name, bytes or upload will be others", () => {
  for (const code of ["unreachable", "access-denied", "journal-full", "service-refused"] as const) {
    expect(partsMayServe(code)).toBe(true);
  }
  for (const code of ["file-exists", "file-unreadable", "upload-missing"] as const) {
    expect(partsMayServe(code)).toBe(false);
  }
});
