import type { PolicyDocument } from "../../src/setup/policy-document.ts";

export interface Role {
  arn: string;
  name: string;
  accountId: string;
  /** Seconds. */
  maxSessionSeconds: number;
  trustPolicy: PolicyDocument;
  permissionPolicy: PolicyDocument;
}

export type PolicyKind = "trustPolicy" | "permissionPolicy";

/** The roles of the account. Their policies are those of setup until a test puts others in place. */
export class Roles {
  readonly #present: Map<string, Role>;
  /** Goes up with every change of a policy: what was judged before is not asked again. */
  revision = 0;

  constructor(private readonly rendered: readonly Role[]) {
    this.#present = new Map(rendered.map((role) => [role.arn, role]));
  }

  find(arn: string): Role | undefined {
    return this.#present.get(arn);
  }

  /** The roles as they are now. */
  list(): Role[] {
    return [...this.#present.values()];
  }

  /** Counts from the next request on. Null: as setup renders it. False when there is no such role. */
  setPolicy(name: string, kind: PolicyKind, policy: PolicyDocument | null): boolean {
    const role = this.list().find((candidate) => candidate.name === name);
    const original = this.rendered.find((candidate) => candidate.name === name);
    if (role === undefined || original === undefined) return false;
    this.#present.set(role.arn, { ...role, [kind]: policy ?? original[kind] });
    this.revision += 1;
    return true;
  }

  /** Every policy as setup renders it. */
  restore(): void {
    for (const role of this.rendered) this.#present.set(role.arn, role);
    this.revision += 1;
  }
}
