import { expect, test } from "vitest";
import { toTransfersView } from "../../../src/transfers/view/transfers-view.ts";
import { recordOf } from "../support/record-of.ts";

const shown = { meter: () => undefined, now: 0, speed: null, leftovers: 0, problem: null };

test("what was done since the rest began counts, so that the progress of thousands never falls back", () => {
  const earlier = recordOf("1", { state: "done", size: 1000, created: 10, ended: 20 });
  const done = recordOf("2", { state: "done", size: 300, created: 30, ended: 50 });
  const queued = recordOf("3", { state: "queued", size: 100, created: 30, ended: null });
  expect(toTransfersView([earlier, done, queued], shown).totals).toMatchObject({ bytes: 400, sent: 300, done: 2 });
  expect(toTransfersView([earlier, done], shown).totals).toMatchObject({ bytes: 0, sent: 0, done: 2 });
});
