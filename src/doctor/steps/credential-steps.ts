import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";

/** Milliseconds: beyond this AWS refuses signatures of DynamoDB requests. */
const tolerated = 300_000;

export const clockStep: Step<DoctorWorld> = {
  id: "clock",
  needs: ["permissions", "network"],
  async run(world, signal) {
    const { deps } = world;
    const host = new URL(deps.tokenService).host;
    const sentAt = deps.now();
    const response = await askTokenService(world, signal);
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) return { state: "unproven", facts: { host } };
    // The header counts whole seconds, and was written between sending and receiving.
    const offset = date + 500 - (sentAt + deps.now()) / 2;
    world.clockOffset = Math.abs(offset) > 2000 ? offset : 0;
    const facts = { host, offset: `${Math.round(world.clockOffset / 1000)} s` };
    if (Math.abs(offset) <= tolerated) return { facts };
    const minutes = String(Math.round(Math.abs(offset) / 60_000));
    return { state: "failed", facts, error: { code: "clock-wrong", facts: { subs: [minutes] } } };
  },
};

export const exchangeSteps: Step<DoctorWorld>[] = [
  {
    // The token is known to whoever gives credentials, and found to be good.
    id: "exchange",
    needs: ["token"],
    // STS tries twice more when it cannot reach the provider: src/aws/assume-role.ts.
    timeout: 15_000,
    async run(world, signal) {
      const facts = { host: new URL(world.deps.tokenService).host };
      try {
        await world.exchange(signal);
      } catch (error) {
        // Everything before the role's own word was right: that is the next step's.
        if (!(error instanceof HoldallError && error.code === "trust-refused")) throw error;
      }
      return { facts };
    },
  },
  {
    id: "trust",
    needs: ["exchange"],
    async run(world, signal) {
      const { identity, credentials } = await world.exchange(signal);
      if (identity !== world.deps.identity?.id) throw new HoldallError("identity-changed");
      return { facts: { identity, expires: new Date(credentials.expiresAt).toISOString() } };
    },
  },
];

/** Any answer will do: it carries a date. Nothing secret is sent. */
async function askTokenService({ deps, profile }: DoctorWorld, signal: AbortSignal): Promise<Response> {
  const pool = profile.credentials.kind === "identityPool";
  const host = new URL(deps.tokenService).host;
  try {
    return await deps.fetchTokenService(deps.tokenService, {
      method: "POST",
      headers: pool
        ? { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityService.GetId" }
        : { "content-type": "application/x-www-form-urlencoded" },
      body: pool ? "{}" : "Action=GetCallerIdentity&Version=2011-06-15",
      signal,
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
    });
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    if (!deps.online()) throw new HoldallError("offline");
    throw new HoldallError("sts-unreachable", { service: "sts", detail: host }, { cause });
  }
}
