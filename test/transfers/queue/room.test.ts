import { describe, expect, it } from "vitest";
import { createRoom } from "../../../src/transfers/queue/room.ts";

const MiB = 1024 ** 2;

function world(free: number) {
  const state = { free, now: 0, asked: 0 };
  const ask = async () => {
    state.asked += 1;
    return state.free;
  };
  return { state, room: createRoom(ask, () => state.now) };
}

describe("the room in the journal", () => {
  it("is kept free for what was promised, and asked for once in a while", async () => {
    const { state, room } = world(100 * MiB);
    expect(await room.take(40 * MiB)).toBe(true);
    expect(await room.take(40 * MiB)).toBe(false);
    expect(state.asked).toBe(1);
    room.give(40 * MiB);
    // It may be on disk by now, which the last estimate does not know.
    state.free = 60 * MiB;
    expect(await room.take(40 * MiB)).toBe(false);
    expect(state.asked).toBe(2);
    state.now = 3000;
    expect(await room.take(20 * MiB)).toBe(true);
    expect(state.asked).toBe(3);
  });

  it("counts what is written of a large file once", async () => {
    const { state, room } = world(200 * MiB);
    expect(await room.take(120 * MiB)).toBe(true);
    room.give(100 * MiB);
    state.free = 100 * MiB;
    state.now = 3000;
    // 20 are still to come, and some are left free.
    expect(await room.take(40 * MiB)).toBe(true);
    expect(await room.take(40 * MiB)).toBe(false);
  });

  it("is there when nobody can tell", async () => {
    const room = createRoom(
      () => Promise.reject(new Error("no estimate")),
      () => 0,
    );
    expect(await room.take(1e15)).toBe(true);
  });
});
