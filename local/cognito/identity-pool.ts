/** An identity pool with one OpenID Connect provider, without guests, without the classic flow, without role mapping. */
export interface IdentityPool {
  /** `<region>:<uuid>` */
  id: string;
  region: string;
  /** Of the authenticated role. */
  roleArn: string;
  provider: {
    /** Key of the logins: the issuer without its scheme. */
    name: string;
    issuer: string;
    clientIds: readonly string[];
  };
  /**
   * Whether a token is refused whose person or grant was taken back at the provider. AWS asks Cognito user pools alone; the
   * local provider stands for one.
   */
  serverSideTokenCheck: boolean;
}
