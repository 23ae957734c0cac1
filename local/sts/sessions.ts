import { randomBytes } from "node:crypto";
import type { ServerClock } from "../control/server-clock.ts";
import { JsonFile } from "../http/json-file.ts";

/** Role credentials that STS or Cognito gave out, and what IAM needs to know of them. */
export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session name>`. */
  assumedRoleArn: string;
  roleArn: string;
  /** The token's subject, or the Cognito identity id. */
  identity: string;
  /** The provider's condition keys, the same in the role's trust policy and in its permission policy. */
  context: Record<string, string | string[]>;
  /** As sent, or null. */
  sessionPolicy: string | null;
}

/** Milliseconds after its end that a session is still called expired and not unknown. */
const REMEMBERED_MS = 24 * 3600 * 1000;

/** Every session, by access key id, kept on disk. */
export class Sessions {
  private constructor(
    private readonly file: JsonFile<Record<string, Session>>,
    private readonly clock: ServerClock,
  ) {}

  static async open(path: string, clock: ServerClock): Promise<Sessions> {
    return new Sessions(await JsonFile.open<Record<string, Session>>(path, () => ({})), clock);
  }

  /** Makes credentials; they are on disk when this returns. */
  async create(session: Omit<Session, "accessKeyId" | "secretAccessKey" | "sessionToken">): Promise<Session> {
    this.#forgetOld();
    const created: Session = {
      ...session,
      accessKeyId: `ASIA${letters(16)}`,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: `Holdall${randomBytes(420).toString("base64")}`,
    };
    this.file.value[created.accessKeyId] = created;
    await this.file.flush();
    return created;
  }

  find(accessKeyId: string): Session | undefined {
    return Object.hasOwn(this.file.value, accessKeyId) ? this.file.value[accessKeyId] : undefined;
  }

  isExpired(session: Session): boolean {
    return this.clock.now() >= session.expiresAt;
  }

  /** Ends every session now. */
  async expireAll(): Promise<void> {
    for (const session of Object.values(this.file.value)) {
      session.expiresAt = Math.min(session.expiresAt, this.clock.now());
    }
    await this.file.flush();
  }

  close(): Promise<void> {
    return this.file.flush();
  }

  #forgetOld(): void {
    const horizon = this.clock.now() - REMEMBERED_MS;
    for (const [id, session] of Object.entries(this.file.value)) {
      if (session.expiresAt < horizon) delete this.file.value[id];
    }
  }
}

/** Random upper-case letters and digits 2–7, as in AWS's identifiers. */
function letters(length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join("");
}
