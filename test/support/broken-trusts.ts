import { COGNITO } from "../../src/setup/identity-pool.ts";
import { issuerPrefix } from "../../src/setup/issuer.ts";
import type { PolicyDocument, PolicyStatement } from "../../src/setup/policy-document.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";
import type { SetupSettings } from "../../src/setup/settings.ts";

/** A trust policy with one deliberate fault in it, and who gets in by it. */
export interface BrokenTrust {
  name: string;
  hole: string;
  credentials: SetupSettings["credentials"];
  trustPolicy(settings: SetupSettings): PolicyDocument;
  /** Condition keys of somebody whom setup's policy refuses. */
  caller(settings: SetupSettings): Record<string, string | string[]>;
}

export const BROKEN_TRUSTS: readonly BrokenTrust[] = [
  {
    name: "any subject",
    hole: "a subject that lies within another person's folder",
    credentials: "webIdentity",
    ...distrusts("StringNotLike"),
    caller: ({ issuer, clientId }) => webIdentity(issuer, "alice/apps", clientId),
  },
  {
    name: "any client",
    hole: "tokens that the provider made for another application",
    credentials: "webIdentity",
    ...distrusts("StringEquals"),
    caller: ({ issuer }) => webIdentity(issuer, "alice", "another-client"),
  },
  {
    name: "any pool",
    hole: "people of another account's identity pool",
    credentials: "identityPool",
    ...distrusts("StringEquals"),
    caller: ({ region }) => pooled(`${region}:99999999-9999-4999-8999-999999999999`, "authenticated"),
  },
  {
    name: "guests",
    hole: "guests, once a pool lets them in",
    credentials: "identityPool",
    ...distrusts("ForAnyValue:StringLike"),
    caller: ({ options }) => pooled(String(options.identityPoolId), "unauthenticated"),
  },
];

function webIdentity(issuer: string, subject: string, audience: string): Record<string, string> {
  return { [`${issuerPrefix(issuer)}:sub`]: subject, [`${issuerPrefix(issuer)}:aud`]: audience };
}

function pooled(pool: string, method: string): Record<string, string | string[]> {
  return {
    [`${COGNITO}:sub`]: "eu-central-1:12345678-1234-4234-8234-123456789012",
    [`${COGNITO}:aud`]: pool,
    [`${COGNITO}:amr`]: [method],
  };
}

function distrusts(operator: string): Pick<BrokenTrust, "trustPolicy"> {
  return {
    trustPolicy(settings) {
      const policy = renderSetup(settings).trustPolicy;
      const Statement = policy.Statement.map((statement): PolicyStatement => {
        const { [operator]: _taken, ...Condition } = statement.Condition ?? {};
        return { ...statement, Condition };
      });
      return { ...policy, Statement };
    },
  };
}
