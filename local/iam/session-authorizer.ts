import type { Authorization } from "../service.ts";
import { policyAllows } from "./evaluate.ts";
import type { Roles } from "./roles.ts";

/** Answers that are remembered; the oldest go first. */
const CACHE_SIZE = 5_000;

/** Whose request it is, as far as IAM looks. */
export interface SessionPrincipal {
  roleArn: string;
  /** `ISSUER:sub` and its like. */
  context: Record<string, string | string[]>;
  /** The session policy as sent to STS, or null. */
  sessionPolicy: string | null;
}

/** `session`: the role would allow it, the session policy does not. */
export type Verdict = "allowed" | "role" | "session";

/**
 * Judges requests by role policy ∩ session policy. The same question has the same answer as long as both policies are
 * the same, so answers are kept by everything that goes into them.
 */
export class SessionAuthorizer {
  readonly #verdicts = new Map<string, Verdict>();

  constructor(private readonly roles: Roles) {}

  judge(principal: SessionPrincipal, { action, resource, context }: Authorization): Verdict {
    const { roleArn, sessionPolicy } = principal;
    const merged = { ...context, ...principal.context };
    const key = JSON.stringify([this.roles.revision, roleArn, sessionPolicy, action, resource, merged]);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = this.#evaluate(principal, { action, resource, context: merged });
    const oldest = this.#verdicts.size >= CACHE_SIZE ? this.#verdicts.keys().next().value : undefined;
    if (oldest !== undefined) this.#verdicts.delete(oldest);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  #evaluate({ roleArn, sessionPolicy }: SessionPrincipal, authorization: Authorization): Verdict {
    const role = this.roles.find(roleArn);
    if (role === undefined) return "role";
    const question = { ...authorization, roleArn, accountId: role.accountId };
    if (!policyAllows(role.permissionPolicy, question)) return "role";
    if (sessionPolicy !== null && !policyAllows(JSON.parse(sessionPolicy), question)) return "session";
    return "allowed";
  }
}
