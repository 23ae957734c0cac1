import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allSlots, createSlots } from "../../../src/transfers/queue/slots.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const forever = () => new AbortController().signal;

/** Requests that end when the test says so. */
function createTraffic() {
  const slots = createSlots();
  const running: { id: string; small: boolean; end(): void }[] = [];
  const ask = (id: string, small: boolean, rank = 0, signal = forever()) =>
    slots.take(
      () => ({ id, rank, small }),
      signal,
      () =>
        new Promise<void>((resolve) => {
          const entry = { id, small, end: () => resolve() };
          running.push(entry);
        }).finally(() => undefined),
    );
  const end = (index: number) => running.splice(index, 1)[0]?.end();
  return { ask, end, running };
}

describe("slots", () => {
  it("are no more than there are, and at most four of one transfer", async () => {
    const { ask, running } = createTraffic();
    for (let request = 0; request < 8; request++) void ask("big", false);
    await turn();
    expect(running).toHaveLength(4);
    for (let request = 0; request < 8; request++) void ask("other", false);
    await turn();
    expect(running).toHaveLength(allSlots);
  });

  it("go to small transfers while big ones have their share, as soon as one is free", async () => {
    const { ask, end, running } = createTraffic();
    for (const id of ["big1", "big2"]) for (let request = 0; request < 4; request++) void ask(id, false);
    await turn();
    expect(running.filter(({ small }) => !small)).toHaveLength(6);
    for (let request = 0; request < 3; request++) void ask(`small${request}`, true, 9);
    await turn();
    end(0);
    await turn();
    end(0);
    await turn();
    expect(running.filter(({ small }) => small)).toHaveLength(2);
    // Big ones wait as well now, and keep what is theirs.
    end(0);
    await turn();
    expect(running.filter(({ small }) => !small)).toHaveLength(4);
  });

  it("leave a big transfer one, however many small ones come before it", async () => {
    const { ask, end, running } = createTraffic();
    for (let request = 0; request < 30; request++) void ask(`small${request}`, true, 0);
    void ask("big", false, 9);
    await turn();
    end(0);
    await turn();
    expect(running.filter(({ small }) => !small)).toHaveLength(1);
  });

  it("go by the person's order", async () => {
    const { ask, end, running } = createTraffic();
    for (let request = 0; request < 6; request++) void ask(`first${request}`, true);
    void ask("late", true, 2);
    void ask("early", true, 1);
    await turn();
    end(0);
    await turn();
    expect(running.at(-1)?.id).toBe("early");
  });

  it("are given back by what fails, and not given to what was stopped", async () => {
    const slots = createSlots();
    const asker = () => ({ id: "a", rank: 0, small: true });
    for (let request = 0; request < 20; request++) {
      await expect(slots.take(asker, forever(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    }
    const { ask, end, running } = createTraffic();
    for (let request = 0; request < 6; request++) void ask(`a${request}`, true);
    const stop = new AbortController();
    const stopped = ask("stopped", true, -1, stop.signal);
    void ask("next", true);
    await turn();
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    end(0);
    await turn();
    expect(running.at(-1)?.id).toBe("next");
  });

  it("are never idle while somebody waits who may have one, and all come to their turn", async () => {
    const request = fc.record({ id: fc.constantFrom("b1", "b2", "s1", "s2", "s3"), rank: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 40 }),
        fc.infiniteStream(fc.nat(5)),
        async (requests, choices) => {
          const { ask, end, running } = createTraffic();
          let over = 0;
          for (const { id, rank } of requests) void ask(id, id.startsWith("s"), rank).then(() => (over += 1));
          for (let step = 0; step < 200 && over < requests.length; step++) {
            await turn();
            expect(running.length).toBeLessThanOrEqual(allSlots);
            end((choices.next().value ?? 0) % Math.max(1, running.length));
          }
          expect(over).toBe(requests.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
