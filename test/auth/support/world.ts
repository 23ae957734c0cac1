/** Sessions with everything around them in memory. */
import { createSessions } from "../../../src/auth/create-sessions.ts";
import { providerFlow } from "../../../src/auth/provider-flow.ts";
import { readDirectory } from "../../../src/auth/read-directory.ts";
import type { SessionDeps, Sessions } from "../../../src/auth/sessions.ts";
import type { RoleCredentials } from "../../../src/shared/credentials.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import { clientId, createFakeProvider, type FakeProvider, issuer, redirectUrl } from "./fake-provider.ts";
import { createMemoryArea, type MemoryArea } from "./memory-area.ts";

export const profileId = "p1";

const profile: Profile = {
  holdall: 2,
  name: "Test",
  colour: "#4f6bed",
  issuer,
  clientId,
  scopes: ["openid", "email", "offline_access"],
  region: "eu-central-1",
  credentials: {
    kind: "webIdentity",
    role: { kind: "fixed", arn: "arn:aws:iam::123456789012:role/holdall" },
    durationSeconds: 3600,
  },
  table: { name: "items", partitionKey: "pk", sortKey: "sk" },
  bucket: { name: "files", forcePathStyle: false, checksum: "crc32" },
  endpoints: {},
};

export interface World {
  provider: FakeProvider;
  sessions: Sessions;
  store: MemoryArea;
  notes: MemoryArea;
  /** What STS was asked: the subjects' session names. */
  sts: string[];
  /** The ARNs that STS was asked for. */
  roles: string[];
  /** The identities that the pool was asked for; null for a first time. */
  pool: (string | null)[];
  /** What the role directory was asked with, and what it answers. */
  directory: { asked: string[]; requests: (RequestInit & { url: string })[]; answer: Response | Error };
  alarms: Map<string, number>;
  /** Milliseconds of each pause between attempts. */
  pauses: number[];
  settings: {
    needed: boolean;
    online: boolean;
    stsError: HoldallError | null;
    lifetime: number;
    credentials: Profile["credentials"];
    /** ARNs that IAM refuses to everybody. */
    refusedRoles: string[];
    withheld: string[];
    stsIdentity: string | null;
  };
  /** The background ends and starts again: memory is gone, `storage.session` is not. */
  restart(): Sessions;
}

export async function createWorld(): Promise<World> {
  const provider = await createFakeProvider();
  const settings: World["settings"] = {
    needed: true,
    online: true,
    stsError: null,
    lifetime: 3_600_000,
    credentials: profile.credentials,
    refusedRoles: [],
    withheld: [],
    stsIdentity: null,
  };
  const store = createMemoryArea();
  const notes = createMemoryArea();
  const sts: string[] = [];
  const roles: string[] = [];
  const pool: (string | null)[] = [];
  const directory: World["directory"] = { asked: [], requests: [], answer: Response.json({}) };
  const alarms = new Map<string, number>();
  const pauses: number[] = [];
  let issued = 0;
  const deps: SessionDeps = {
    profile: async () => ({ ...profile, credentials: settings.credentials }),
    profiles: async () => [profileId],
    readDirectory: (one, accessToken, signal) => {
      const send: typeof fetch = async (...request) => {
        directory.requests.push({ ...request[1], url: String(request[0]) });
        directory.asked.push(new Headers(request[1]?.headers).get("authorization") ?? "");
        if (directory.answer instanceof Error) throw directory.answer;
        return directory.answer.clone();
      };
      return readDirectory(one, accessToken, { fetch: send, online: () => true }, signal);
    },
    async poolCredentials({ idToken, identityId }) {
      pool.push(identityId);
      const { sub } = claimsOf(idToken);
      return {
        credentials: newCredentials(Date.now() + settings.lifetime, ++issued),
        identity: settings.stsIdentity ?? `eu-central-1:${sub}`,
      };
    },
    async assumeRole({ idToken, sessionName, roleArn }) {
      sts.push(sessionName);
      roles.push(roleArn);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (settings.stsError !== null) throw settings.stsError;
      if (settings.refusedRoles.includes(roleArn)) throw new HoldallError("trust-refused", { subs: [roleArn] });
      const { sub } = claimsOf(idToken);
      return {
        credentials: newCredentials(Date.now() + settings.lifetime, ++issued),
        identity: settings.stsIdentity ?? sub,
      };
    },
    launch: (url, interactive) => provider.launch(url, interactive),
    redirectUrl,
    store,
    notes,
    async reachable(_, urls) {
      const missing = urls.map((url) => new URL(url).hostname).find((host) => settings.withheld.includes(host));
      if (missing !== undefined) throw new HoldallError("permission-needed", { subs: [missing] });
    },
    provider: () => providerFlow,
    fetch: (...request) => provider.fetch(...request),
    now: () => Date.now(),
    online: () => settings.online,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
      // The wait for the end of the session before is a real one.
      if (milliseconds > 2000) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
    timeout: 50,
    needed: () => settings.needed,
    alarm: (id, at) => void (at === null ? alarms.delete(id) : alarms.set(id, at)),
  };
  const world: World = {
    provider,
    store,
    notes,
    sts,
    roles,
    pool,
    directory,
    alarms,
    pauses,
    settings,
    sessions: createSessions(deps),
    restart() {
      world.sessions = createSessions(deps);
      return world.sessions;
    },
  };
  return world;
}

function claimsOf(idToken: string): { sub: string } {
  return JSON.parse(atob(idToken.split(".")[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? ""));
}

function newCredentials(expiresAt: number, number: number): RoleCredentials {
  return { accessKeyId: `ASIA${number}`, secretAccessKey: "secret", sessionToken: "token", expiresAt };
}
