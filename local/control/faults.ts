import { chance } from "./chance.ts";

export const FAULT_KINDS = ["delay", "slow", "cutBefore", "cutAfter", "truncate", "error", "throttle"] as const;

/** One fault switch. */
export interface Fault {
  /** `PutObject`, `Query`, `AssumeRoleWithWebIdentity`, `token` …; `*` for every operation. */
  operation: string;
  kind: (typeof FAULT_KINDS)[number];
  /** Of `delay`: milliseconds before the operation. */
  ms: number;
  /** Of `slow`: how fast the request's body is taken, and the answer's given; of S3 only, and of streamed answers (objects). */
  bytesPerSecond: number;
  /** Of `error`; null for the service's own "internal error". 200 writes the error where S3 begins its answer too early. */
  status: number | null;
  code: string | null;
  /** How many requests are still to be hit; null for all until the switch is cleared. */
  count: number | null;
  /**
   * Of `cutBefore`: the connection ends after so many bytes of the request's body; of `cutAfter` and `truncate`: of the
   * answer's body, whose head promised more. `[from, to]` is drawn anew for each request. Null: of `cutBefore` and `cutAfter`
   * at once, before anything was done, or after it was done and before the answer's first byte; of `truncate` anywhere
   * within the body.
   */
  afterBytes: number | [from: number, to: number] | null;
  /** Only requests whose path contains this, percent-encoded as sent; null for any. */
  path: string | null;
  /** Share of the requests that are hit, 0 to 1. Those that are spared use nothing up. */
  probability: number;
  /**
   * What chance begins with. The same switch hits the same requests again: the n-th of an operation, path and part, in
   * whatever order those of others come in between.
   */
  seed: number;
}

/** A switch as it meets one request. */
export interface DrawnFault extends Fault {
  afterBytes: number | null;
  /** 0 ≤ x < 1, of this request. */
  drawn: number;
}

/** At most one fault of each kind, for one request. */
export type FaultPlan = Partial<Record<Fault["kind"], DrawnFault>>;

/** What a request is known by, besides its operation. */
export interface FaultTarget {
  /** As sent. */
  rawPath: string;
  /** What tells it from others of its path: a part number, a range. */
  detail?: string;
}

interface Switch {
  fault: Fault;
  /** How many requests of each kind came by: only counted where chance decides. */
  seen: Map<string, number>;
}

/** The switches that are on. A request takes the first of each kind that matches it, and uses up one of its count. */
export class FaultSwitches {
  #switches: Switch[] = [];

  add(fault: Fault): void {
    this.#switches.push({ fault, seen: new Map() });
  }

  list(): readonly Fault[] {
    return this.#switches.map(({ fault }) => fault);
  }

  clear(): void {
    this.#switches = [];
  }

  take(operation: string, { rawPath, detail = "" }: FaultTarget): FaultPlan {
    if (this.#switches.length === 0) return {};
    const plan: FaultPlan = {};
    for (const one of this.#switches) {
      const { fault } = one;
      const matches = fault.operation === "*" || fault.operation === operation;
      if (!matches || plan[fault.kind] !== undefined) continue;
      if (fault.path !== null && !rawPath.includes(fault.path)) continue;
      const hit = draw(one, `${operation} ${rawPath} ${detail}`);
      if (hit === null) continue;
      plan[fault.kind] = hit;
      if (fault.count !== null) fault.count -= 1;
    }
    this.#switches = this.#switches.filter(({ fault }) => fault.count === null || fault.count > 0);
    return plan;
  }
}

/** Null when chance spares the request. */
function draw({ fault, seen }: Switch, request: string): DrawnFault | null {
  const { probability, seed, afterBytes } = fault;
  const decided = probability >= 1 && !Array.isArray(afterBytes) && fault.kind !== "truncate";
  const nth = decided ? 0 : (seen.get(request) ?? 0);
  if (!decided) seen.set(request, nth + 1);
  if (probability < 1 && chance(seed, `${request} ${nth}`) >= probability) return null;
  const drawn = decided ? 0 : chance(seed, `${request} ${nth} bytes`);
  if (!Array.isArray(afterBytes)) return { ...fault, afterBytes, drawn };
  const [from, to] = afterBytes;
  return { ...fault, afterBytes: from + Math.floor(drawn * (to - from + 1)), drawn };
}
