import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalAws, startLocalAws } from "../../../local/start-local-aws.ts";
import { assumeRole } from "../../../src/aws/assume-role.ts";
import { createStorage, type Storage } from "../../../src/aws/create-storage.ts";
import type { RoleCredentials } from "../../../src/shared/credentials.ts";
import type { Profile } from "../../../src/shared/profile.ts";
import { roleArnOf } from "../../support/role-arn.ts";

/** A local AWS of one test file, and the way of people into it without a browser. */
export interface LocalWorld {
  aws: LocalAws;
  profile: Profile;
  /** Speaks to the control server: see local/control/control-routes.ts. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  idToken(input: { person?: string; subject?: string; expiresIn?: number; clientId?: string }): Promise<string>;
  /** Signs a person in and gives their storage. `changes` are laid over the profile. */
  person(name: string, changes?: Partial<Profile>): Promise<Person>;
  close(): Promise<void>;
}

export interface Person {
  identity: string;
  storage: Storage;
  credentials: RoleCredentials;
  /** How often fresh credentials were asked for. */
  renewals(): number;
}

export async function startLocalWorld(): Promise<LocalWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), "holdall-aws-"));
  const aws = await startLocalAws({ dataDir, port: 0 });
  const { profile } = aws.info;

  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${aws.info.control}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!answer.ok) throw new Error(`control ${method} ${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  }

  async function idToken(input: object): Promise<string> {
    const answer = await control("POST", "/issuer/tokens", input);
    return (answer as { idToken: string }).idToken;
  }

  async function person(name: string, changes: Partial<Profile> = {}): Promise<Person> {
    const signIn = async () =>
      assumeRole({
        profile,
        roleArn: roleArnOf(profile),
        durationSeconds: 3600,
        idToken: await idToken({ person: name }),
        sessionName: name,
      });
    let renewals = 0;
    const { credentials, identity } = await signIn();
    let present = credentials;
    const storage = createStorage({
      profile: { ...profile, ...changes },
      identity,
      credentials: async (fresh) => {
        if (fresh) {
          renewals++;
          present = (await signIn()).credentials;
        }
        return present;
      },
    });
    return { identity, storage, credentials, renewals: () => renewals };
  }

  return {
    aws,
    profile,
    control,
    idToken,
    person,
    async close() {
      await aws.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
