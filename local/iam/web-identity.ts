/** What STS learned from an ID token, and what IAM may know of it. */
export interface WebIdentity {
  subject: string;
  /** `azp` when the token has one, else `aud`: what IAM calls `ISSUER:aud`. */
  audience: string;
  /** `amr`: how the person signed in. */
  methods: string[];
}

/**
 * The three OIDC keys of AWS, in the trust policy and in the session's permission policy alike. (IAM User Guide,
 * "Available keys for AWS OIDC federation".)
 *
 * @param prefix the issuer without its scheme
 */
export function identityContext(prefix: string, identity: WebIdentity): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {
    [`${prefix}:sub`]: identity.subject,
    [`${prefix}:aud`]: identity.audience,
  };
  if (identity.methods.length > 0) context[`${prefix}:amr`] = identity.methods;
  return context;
}
