import { expect, test } from "vitest";
import { readFault } from "../../../local/control/fault-request.ts";
import { FaultSwitches } from "../../../local/control/faults.ts";

function switchesOf(wishes: object): FaultSwitches {
  const switches = new FaultSwitches();
  switches.add(readFault({ operation: "UploadPart", kind: "error", ...wishes }));
  return switches;
}

const part = (number: number) => ({ rawPath: "/bucket/a", detail: `${number}` });
const numbers = Array.from({ length: 1000 }, (_, index) => index);
const hit = (switches: FaultSwitches, order: readonly number[]) =>
  order.filter((number) => switches.take("UploadPart", part(number)).error !== undefined);

test("a probability hits that share of the requests, and goes on until it is cleared", () => {
  const switches = switchesOf({ probability: 0.2 });
  expect(hit(switches, numbers).length / 1000).toBeCloseTo(0.2, 1);
  expect(switches.list()[0]).toMatchObject({ count: null, seed: expect.any(Number) });
  expect(hit(switchesOf({ probability: 0 }), numbers)).toEqual([]);
  expect(hit(switchesOf({ probability: 1, count: null }), numbers)).toEqual(numbers);
});

test("the same seed hits the same requests, in whatever order they come; another seed others", () => {
  const first = hit(switchesOf({ probability: 0.2, seed: 7 }), numbers);
  const back = hit(switchesOf({ probability: 0.2, seed: 7 }), numbers.toReversed());
  expect(back.toReversed()).toEqual(first);
  expect(hit(switchesOf({ probability: 0.2, seed: 8 }), numbers)).not.toEqual(first);
});

test("a request that was hit is not hit for ever", () => {
  const switches = switchesOf({ probability: 0.5, seed: 1 });
  const rounds = Array.from({ length: 40 }, () => hit(switches, [1]).length);
  expect(new Set(rounds)).toEqual(new Set([0, 1]));
});

test("who is spared uses nothing up", () => {
  const switches = switchesOf({ probability: 0.1, count: 5, seed: 3 });
  expect(hit(switches, numbers)).toHaveLength(5);
  expect(switches.list()).toEqual([]);
});

test("bytes are drawn from their range, the same ones again", () => {
  const draw = () => {
    const switches = switchesOf({ kind: "cutBefore", afterBytes: [10, 20], count: null, seed: 5 });
    return numbers.map((number) => switches.take("UploadPart", part(number)).cutBefore?.afterBytes ?? Number.NaN);
  };
  const drawn = draw();
  expect(new Set(drawn)).toEqual(new Set([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]));
  expect(draw()).toEqual(drawn);
});

test.each([
  { kind: "slow" },
  { kind: "error", probability: 2 },
  { kind: "cutAfter", afterBytes: [5, 1] },
  { kind: "cutAfter", afterBytes: ["a", "b"] },
])("%j is refused", (wishes) => {
  expect(() => readFault({ operation: "*", ...wishes })).toThrow(/0 to 1|bytesPerSecond|afterBytes/);
});
