export const FAULT_KINDS = ["delay", "cutBefore", "cutAfter", "error", "throttle"] as const;

/** One fault switch. */
export interface Fault {
  /** `PutObject`, `Query`, `AssumeRoleWithWebIdentity`, `token` …; `*` for every operation. */
  operation: string;
  kind: (typeof FAULT_KINDS)[number];
  /** Of `delay`: milliseconds before the operation. */
  ms: number;
  /** Of `error`; null for the service's own "internal error". */
  status: number | null;
  code: string | null;
  /** How many requests are still to be hit; null for all until the switch is cleared. */
  count: number | null;
  /**
   * Of `cutBefore`: the connection ends after so many bytes of the request's body; of `cutAfter`: of the answer's body.
   * Null: at once, before anything was done, or after it was done and before the answer's first byte.
   */
  afterBytes: number | null;
  /** Only requests whose path contains this, percent-encoded as sent; null for any. */
  path: string | null;
}

/** At most one fault of each kind, for one request. */
export type FaultPlan = Partial<Record<Fault["kind"], Fault>>;

/** The switches that are on. A request takes the first of each kind that matches it, and uses up one of its count. */
export class FaultSwitches {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  take(operation: string, rawPath: string): FaultPlan {
    if (this.#faults.length === 0) return {};
    const plan: FaultPlan = {};
    for (const fault of this.#faults) {
      const matches = fault.operation === "*" || fault.operation === operation;
      if (!matches || plan[fault.kind] !== undefined) continue;
      if (fault.path !== null && !rawPath.includes(fault.path)) continue;
      plan[fault.kind] = fault;
      if (fault.count !== null) fault.count -= 1;
    }
    this.#faults = this.#faults.filter((fault) => fault.count === null || fault.count > 0);
    return plan;
  }
}
