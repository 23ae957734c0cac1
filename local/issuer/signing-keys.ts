import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { JsonFile } from "../http/json-file.ts";

interface KeyFile {
  /** Newest first; the first signs, all are published. */
  keys: JWK[];
  /** Signs cookies: sign-ins outlive a restart. */
  cookieKey: string;
}

/** The provider's keys, kept on disk. */
export class SigningKeys {
  private constructor(private readonly file: JsonFile<KeyFile>) {}

  static async open(path: string): Promise<SigningKeys> {
    return new SigningKeys(await JsonFile.open<KeyFile>(path, initial));
  }

  get jwks(): { keys: JWK[] } {
    return structuredClone({ keys: this.file.value.keys });
  }

  get cookieKey(): string {
    return this.file.value.cookieKey;
  }

  /** The key that signs, and its id. */
  async current() {
    const [jwk] = this.file.value.keys;
    if (jwk?.kid === undefined) throw new Error("The provider has no signing key.");
    return { kid: jwk.kid, key: await importJWK(jwk, "RS256") };
  }

  /** Signs with a new key from now on. The one before stays published, unless `forget`; older ones go. */
  async rotate({ forget = false }: { forget?: boolean } = {}): Promise<void> {
    const published = forget ? [] : this.file.value.keys.slice(0, 1);
    this.file.value.keys = [await generate(), ...published];
    await this.file.flush();
  }
}

async function initial(): Promise<KeyFile> {
  return { keys: [await generate()], cookieKey: randomBytes(32).toString("base64url") };
}

async function generate(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: crypto.randomUUID() };
}
