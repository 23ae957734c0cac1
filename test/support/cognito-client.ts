import type { LocalAwsInfo } from "../../local/info.ts";
import { issuerPrefix } from "../../src/setup/issuer.ts";
import type { RoleCredentials } from "../../src/shared/credentials.ts";
import type { Profile } from "../../src/shared/profile.ts";

export interface CognitoAnswer {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}

export interface CognitoCredentials {
  identity: string;
  credentials: Omit<RoleCredentials, "expiresAt">;
  /** Seconds since 1970. */
  expiration: number;
}

/** Cognito Identity as the extension speaks to it: unsigned JSON. */
export class CognitoClient {
  readonly poolId: string;
  readonly provider: string;

  constructor(private readonly info: LocalAwsInfo) {
    this.poolId = poolIdOf(info.profiles[1]);
    this.provider = issuerPrefix(info.issuer);
  }

  async call(operation: string, input: unknown): Promise<CognitoAnswer> {
    const answer = await fetch(this.info.endpoints.cognitoIdentity, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityService.${operation}`,
      },
      body: typeof input === "string" ? input : JSON.stringify(input),
    });
    return { status: answer.status, headers: answer.headers, json: (await answer.json()) as Record<string, unknown> };
  }

  getId(token: string, poolId = this.poolId): Promise<CognitoAnswer> {
    return this.call("GetId", { IdentityPoolId: poolId, Logins: { [this.provider]: token } });
  }

  getCredentials(identityId: string, token: string): Promise<CognitoAnswer> {
    return this.call("GetCredentialsForIdentity", { IdentityId: identityId, Logins: { [this.provider]: token } });
  }

  /** The enhanced flow, which must succeed. */
  async signIn(token: string): Promise<CognitoCredentials> {
    const { json } = await this.getId(token);
    const answer = await this.getCredentials(String(json.IdentityId), token);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
    const credentials = answer.json.Credentials as Record<string, string> & { Expiration: number };
    return {
      identity: String(answer.json.IdentityId),
      credentials: {
        accessKeyId: credentials.AccessKeyId ?? "",
        secretAccessKey: credentials.SecretKey ?? "",
        sessionToken: credentials.SessionToken ?? "",
      },
      expiration: credentials.Expiration,
    };
  }
}

function poolIdOf({ credentials }: Profile): string {
  if (credentials.kind !== "identityPool") throw new Error("The second profile is that of the pool.");
  return credentials.identityPoolId;
}
