import type { Adapter, AdapterPayload } from "oidc-provider";
import { JsonFile } from "../http/json-file.ts";

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds since 1970; null for never. */
  expiresAt: number | null;
}

/** Names the grant that an ID token came from, as the ID tokens of Cognito user pools do. */
export const GRANT_CLAIM = "origin_jti";

/** What belongs to a grant and ends with it. */
const OF_A_GRANT = new Set(["AccessToken", "AuthorizationCode", "RefreshToken"]);

/** What the provider remembers between requests (sessions, grants, tokens), kept on disk. */
export class IssuerStore {
  private constructor(private readonly file: JsonFile<Record<string, Entry>>) {}

  static async open(path: string): Promise<IssuerStore> {
    return new IssuerStore(await JsonFile.open<Record<string, Entry>>(path, () => ({})));
  }

  /** oidc-provider's view: one adapter for each of its models. */
  readonly adapter = (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      this.#forgetOld();
      const expiresAt = expiresIn !== undefined && expiresIn > 0 ? Date.now() + expiresIn * 1000 : null;
      this.file.value[`${model}:${id}`] = { payload, expiresAt };
      this.file.changed();
    },
    find: async (id) => this.#find(`${model}:${id}`),
    findByUid: async (uid) => this.#search(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => this.#search(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = this.#find(`${model}:${id}`);
      if (payload === undefined) return;
      payload.consumed = Math.floor(Date.now() / 1000);
      // At once: a used refresh token must stay used even if this process is killed now.
      await this.file.flush();
    },
    destroy: async (id) => {
      await this.#remove((key) => key === `${model}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      await this.#remove((key, { payload }) => key.startsWith(`${model}:`) && payload.grantId === grantId);
    },
  });

  /**
   * Takes back what a person was given: grants and tokens; with `sessions`, their sign-in at the provider too.
   *
   * @returns how many records went
   */
  revoke(subject: string, { sessions }: { sessions: boolean }): Promise<number> {
    return this.#remove((key, { payload }) => {
      const model = key.slice(0, key.indexOf(":"));
      const concerned = OF_A_GRANT.has(model) || model === "Grant" || (sessions && model === "Session");
      return concerned && payload.accountId === subject;
    });
  }

  /** Remembers a grant that nobody signed in for. */
  addGrant(id: string, accountId: string, expiresIn: number): Promise<void> {
    return this.adapter("Grant").upsert(id, { accountId }, expiresIn);
  }

  hasGrant(id: string): boolean {
    return this.#find(`Grant:${id}`) !== undefined;
  }

  close(): Promise<void> {
    return this.file.flush();
  }

  #find(key: string): AdapterPayload | undefined {
    const entry = Object.hasOwn(this.file.value, key) ? this.file.value[key] : undefined;
    return entry === undefined || isOver(entry) ? undefined : entry.payload;
  }

  #search(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    return Object.entries(this.file.value).find(
      ([key, entry]) => key.startsWith(`${model}:`) && !isOver(entry) && matches(entry.payload),
    )?.[1].payload;
  }

  async #remove(matches: (key: string, entry: Entry) => boolean): Promise<number> {
    const doomed = Object.entries(this.file.value).filter(([key, entry]) => matches(key, entry));
    for (const [key] of doomed) delete this.file.value[key];
    if (doomed.length > 0) this.file.changed();
    return doomed.length;
  }

  #forgetOld(): void {
    for (const [key, entry] of Object.entries(this.file.value)) {
      if (isOver(entry)) delete this.file.value[key];
    }
  }
}

function isOver({ expiresAt }: Entry): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}
