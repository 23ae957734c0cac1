import { AssumeRoleWithWebIdentityCommand, type AssumeRoleWithWebIdentityResponse } from "@aws-sdk/client-sts";
import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { failureOfSdkError } from "./aws-failure.ts";
import { createStsClient } from "./clients.ts";
import { clockOffsetOf } from "./clock-offset.ts";
import { hostOf } from "./host-of.ts";
import { checkIdentity } from "./keys.ts";
import { mapAwsError } from "./map-error.ts";
import { pause } from "./pause.ts";
import { isProviderTrouble } from "./service-codes.ts";

export interface AssumeRoleInput {
  profile: Profile;
  roleArn: string;
  /** 900–3600. */
  durationSeconds: number;
  idToken: string;
  /** Shows in CloudTrail and divides nothing. What STS does not take (`[\w+=,.@-]{2,64}`) becomes `-`. */
  sessionName: string;
  /** A policy that narrows the role's, at most 2,048 characters. */
  sessionPolicy?: string;
  signal?: AbortSignal;
  fetch?: typeof fetch;
}

/** Milliseconds before the second and third attempt, when STS could not reach the provider. */
const pauses = [500, 2000];

/**
 * Exchanges an ID token for role credentials: STS AssumeRoleWithWebIdentity at the regional endpoint, unsigned.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @returns the credentials and `SubjectFromWebIdentityToken`, which is who AWS takes the person for
 * @throws HoldallError `provider-unknown`, `trust-refused`, `token-refused`, `issuer-unreachable`, `sts-unreachable`,
 *   `identity-refused`, `not-aws`, `offline`, `cancelled`, `service-refused`
 */
export async function assumeRole(input: AssumeRoleInput): Promise<{ credentials: RoleCredentials; identity: string }> {
  const { profile, roleArn, signal } = input;
  const host = hostOf("sts", profile);
  const context = {
    service: "sts" as const,
    action: "sts:AssumeRoleWithWebIdentity",
    resource: roleArn,
    host,
    region: profile.region,
    issuer: profile.issuer,
    roleArn,
  };
  for (const wait of [...pauses, null]) {
    try {
      const { answer, clockOffset } = await ask(input);
      return readAnswer(answer, clockOffset, host);
    } catch (error) {
      if (wait === null || !mayPass(error)) throw asStsError(mapAwsError(error, context));
      await pause(wait * (0.5 + Math.random()), signal);
    }
  }
  throw new HoldallError("sts-unreachable");
}

/** Sends the request; the SDK tries again after cut connections, 5xx and `IDPCommunicationError`. */
async function ask(input: AssumeRoleInput) {
  const { profile, signal } = input;
  let clockOffset = 0;
  const send = input.fetch ?? fetch;
  const client = createStsClient(profile, async (...request) => {
    const answer = await send(...request);
    clockOffset = clockOffsetOf(answer.headers.get("date"));
    return answer;
  });
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: input.roleArn,
    RoleSessionName: sessionNameOf(input.sessionName),
    WebIdentityToken: input.idToken,
    DurationSeconds: input.durationSeconds,
    ...(input.sessionPolicy !== undefined && { Policy: input.sessionPolicy }),
  });
  const answer = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
  return { answer, clockOffset };
}

/** Judges STS's answer. `clockOffset`: AWS's clock minus ours, in milliseconds. */
function readAnswer(answer: AssumeRoleWithWebIdentityResponse, clockOffset: number, host: string) {
  const { Credentials: given, SubjectFromWebIdentityToken: identity } = answer;
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration || !identity) {
    throw new HoldallError("not-aws", { subs: [host], service: "sts" });
  }
  checkIdentity(identity);
  const credentials: RoleCredentials = {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    // By this machine's clock, since that is what everyone compares it with: an hour's error must not look like the end.
    expiresAt: given.Expiration.getTime() - clockOffset,
    ...(clockOffset !== 0 && { clockOffset }),
  };
  return { credentials, identity };
}

function mayPass(error: unknown): boolean {
  const failure = failureOfSdkError(error);
  return failure !== null && /^InvalidIdentityToken/.test(failure.code) && isProviderTrouble(failure.message);
}

/** Without network it is the person's; with a network, STS in particular does not answer. */
function asStsError(error: HoldallError): HoldallError {
  if (error.code !== "unreachable" && error.code !== "timeout" && error.code !== "service-unavailable") return error;
  return new HoldallError("sts-unreachable", { ...error.facts, service: "sts" }, { cause: error });
}

function sessionNameOf(name: string): string {
  return name
    .replace(/[^\w+=,.@-]/g, "-")
    .slice(0, 64)
    .padEnd(2, "-");
}
