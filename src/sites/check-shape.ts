/**
 * What a message is made of, before anybody looks at what it means: a page may send anything that can be cloned. Walked without
 * recursion and given up early, so that neither depth nor size costs more than the limit.
 */
import { deepestValue, largestRequest } from "../messaging/site-methods.ts";
import { SiteProblem } from "./site-problem.ts";

/** Values of a request: each costs some bytes that nobody counted. */
const mostNodes = 100_000;

/** @throws SiteProblem `too-large`, `invalid` */
export function checkShape(root: unknown): void {
  const open: [value: unknown, depth: number][] = [[root, 0]];
  let nodes = 0;
  let bytes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    nodes += 1;
    bytes += sizeOf(value);
    if (nodes > mostNodes || bytes > largestRequest) throw new SiteProblem("too-large", "The request is too large.");
    if (typeof value !== "object" || value === null || isBytes(value)) {
      if (typeof value === "symbol" || typeof value === "function") throw odd();
      continue;
    }
    if (depth > deepestValue) throw new SiteProblem("too-large", "The request is nested too deeply.");
    if (Array.isArray(value) || value instanceof Set) {
      // A sparse list of a billion places is short in memory.
      if ((Array.isArray(value) ? value.length : value.size) > mostNodes) {
        throw new SiteProblem("too-large", "The request is too large.");
      }
      for (const member of value) open.push([member, depth + 1]);
      continue;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw odd();
    for (const [name, member] of Object.entries(value)) {
      if (name === "__proto__") throw odd();
      bytes += name.length;
      open.push([member, depth + 1]);
    }
  }
}

function odd(): SiteProblem {
  return new SiteProblem("invalid", "The request holds something that cannot be stored.");
}

function isBytes(value: object): boolean {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** Bytes of a file's body do not count: they are not copied, and have limits of their own. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "bigint") return value.toString(16).length;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  return 1;
}
