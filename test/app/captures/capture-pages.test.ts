import "../../ui/fake-extension.ts";
import { expect, test } from "vitest";
import { createCapturePages, type LoadPage } from "../../../src/app/captures/capture-pages.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { captureRows } from "../../ui/harness/capture-fixtures.ts";

const everything = captureRows(1000);
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

/** A mirror that answers like the background's: the cursor is the id of the last row. */
function mirror(rows = everything) {
  const state = { rows, asked: [] as Parameters<LoadPage>[0][], failing: false };
  const load: LoadPage = async (input) => {
    state.asked.push(input);
    await Promise.resolve();
    if (state.failing) throw new HoldallError("internal");
    const found = state.rows.filter(({ kind }) => input.filter.kind === undefined || kind === input.filter.kind);
    const from = input.cursor === undefined ? 0 : found.findIndex(({ id }) => id < (input.cursor ?? ""));
    const page = found.slice(from, from + input.limit);
    return { rows: page, cursor: from + input.limit < found.length ? (page.at(-1)?.id ?? null) : null };
  };
  return { state, pages: createCapturePages(load) };
}

test("pages follow each other, one at a time, to the end", async () => {
  const { state, pages } = mirror(everything.slice(0, 250));
  expect(pages.loading.value).toBe(true);
  await pages.show({});
  expect(pages.loading.value).toBe(false);
  await Promise.all([pages.loadMore(), pages.loadMore()]);
  expect(pages.rows.value).toHaveLength(200);
  await pages.loadMore();
  expect(ids(pages.rows.value)).toEqual(ids(everything.slice(0, 250)));
  expect(pages.more.value).toBe(false);
  await pages.loadMore();
  expect(state.asked).toHaveLength(3);
});

test("a renewal brings what is new and takes what is gone, and keeps what was scrolled to", async () => {
  const { state, pages } = mirror(everything.slice(10));
  await pages.show({});
  for (let page = 0; page < 7; page += 1) await pages.loadMore();
  expect(pages.rows.value).toHaveLength(800);
  state.rows = everything.filter((_, index) => index !== 20);
  await pages.renew();
  expect(ids(pages.rows.value.slice(0, 30))).toEqual(ids(state.rows.slice(0, 30)));
  expect(ids(pages.rows.value)).toEqual(ids(state.rows.slice(0, pages.rows.value.length)));
  expect(pages.rows.value.length).toBeGreaterThan(800);
  await pages.loadMore();
  expect(ids(pages.rows.value)).toEqual(ids(state.rows.slice(0, pages.rows.value.length)));
});

test("a renewal and a further page at once leave neither out", async () => {
  const { state, pages } = mirror(everything.slice(1));
  await pages.show({});
  state.rows = everything;
  await Promise.all([pages.renew(), pages.loadMore(), pages.renew()]);
  expect(ids(pages.rows.value)).toEqual(ids(everything.slice(0, pages.rows.value.length)));
  expect(pages.rows.value.length).toBeGreaterThanOrEqual(200);
});

test("an answer for an earlier filter is dropped", async () => {
  const { pages } = mirror();
  await pages.show({});
  const late = pages.loadMore();
  await Promise.all([late, pages.show({ kind: "page" })]);
  expect(new Set(pages.rows.value.map(({ kind }) => kind))).toEqual(new Set(["page"]));
  expect(pages.begun.value).toBe(2);
});

test("a failure keeps what is there, and the next renewal takes it back", async () => {
  const { state, pages } = mirror();
  await pages.show({});
  state.failing = true;
  await pages.renew();
  expect(pages.error.value?.code).toBe("internal");
  expect(pages.rows.value).toHaveLength(100);
  state.failing = false;
  await pages.loadMore();
  expect(pages.error.value).toBeNull();
});

test("what is being deleted is out of sight also after a renewal, until it is brought back", async () => {
  const { pages } = mirror();
  await pages.show({});
  const [first] = pages.rows.value;
  pages.hide(first?.id ?? "");
  await pages.renew();
  expect(ids(pages.rows.value)).not.toContain(first?.id);
  pages.bringBack(first?.id ?? "");
  expect(pages.rows.value[0]).toEqual(first);
});
