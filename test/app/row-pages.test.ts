import "../ui/fake-extension.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRowPages, type RowPages } from "../../src/app/transfers/row-pages.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { answerWith, sent } from "../ui/fake-extension.ts";
import { transfer } from "../ui/harness/transfer-fixtures.ts";

let pages: RowPages;
/** Pages of 500 of `total` rows; the cursor is where the next begins. */
const listOf = (total: number) => ({
  "transfers.list": ({ cursor }: Record<string, unknown>) => {
    const from = Number(cursor ?? 0);
    const rows = Array.from({ length: Math.min(500, total - from) }, (_, index) => transfer(`n${from + index}`, {}));
    return { rows, cursor: from + 500 < total ? String(from + 500) : null };
  },
});
const cursors = () => sent.map(({ input }) => input.cursor ?? null);
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  pages = createRowPages();
});

afterEach(() => {
  pages.stop();
  vi.useRealTimers();
});

test("pages are loaded as far as is looked at, each once", async () => {
  answerWith(listOf(1700));
  pages.want(0);
  await settle();
  pages.want(499);
  await settle();
  expect([pages.rows.value.length, cursors()]).toEqual([500, [null]]);
  pages.want(1200);
  await settle();
  expect([pages.rows.value.length, cursors()]).toEqual([1500, [null, "500", "1000"]]);
  pages.want(1699);
  await settle();
  pages.want(5000);
  await settle();
  expect([pages.rows.value.length, cursors().length]).toEqual([1700, 4]);
});

test("changes in quick succession renew what is loaded once in a while, more rarely the more it is", async () => {
  answerWith(listOf(1700));
  pages.want(900);
  await settle();
  sent.length = 0;
  pages.renew();
  pages.renew();
  await settle();
  expect(cursors()).toEqual([null, "500"]);
  for (let change = 0; change < 10; change += 1) {
    pages.renew();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toHaveLength(4);
});

test("a failure keeps what is there, asks no more by itself, and the next look tries again", async () => {
  answerWith(listOf(1700));
  pages.want(0);
  await settle();
  answerWith({
    "transfers.list": () => {
      throw new HoldallError("journal-damaged");
    },
  });
  pages.want(600);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([pages.rows.value.length, sent.length]).toEqual([500, 1]);
  answerWith(listOf(1700));
  pages.want(601);
  await settle();
  expect(pages.rows.value.length).toBe(1000);
});

test("nothing is asked for once the page is gone", async () => {
  answerWith(listOf(1700));
  pages.renew();
  pages.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([]);
});
