import type { Identity, RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import type { AwsProbe, ProbeAnswer } from "./aws-probe.ts";

/** What the doctor needs of the rest of the extension: the composition root passes it in. */
export interface DoctorDeps {
  profile: Profile;
  /** Where the provider has to send people back to, exactly as it has to be registered. */
  redirectUrl: string;
  /** Match patterns of all hosts that the profile reaches. */
  hosts: string[];
  /** Base URL of what takes the ID token: STS, or Amazon Cognito's identity pools. */
  tokenService: string;
  holdsHost(pattern: string): Promise<boolean>;
  online(): boolean;
  /** For the provider. */
  fetch: typeof fetch;
  fetchTokenService: typeof fetch;
  /** Who is signed in to the profile; null when nobody is. */
  identity: Identity | null;
  /** The present ID token; null when there is none. */
  idToken(): Promise<string | null>;
  /** Gets a new ID token, where that is possible without the person. */
  renew(): Promise<void>;
  /** Exchanges the present ID token anew. @throws HoldallError as src/auth/sessions.ts's `tryExchange` */
  exchange(signal: AbortSignal): Promise<{ credentials: RoleCredentials; identity: string }>;
  probe(credentials: RoleCredentials): AwsProbe;
  /** Milliseconds since the epoch, by this machine's clock. */
  now(): number;
  ulid(): string;
  /** Whether a run of this id began so long ago that it is over, however it ended. */
  isOldRun(id: string): boolean;
}

/** The provider's discovery document, as far as it was found to be one. */
export interface Metadata extends Record<string, unknown> {
  issuer: string;
  authorization_endpoint?: unknown;
  token_endpoint?: unknown;
}

export interface PublishedKey {
  kid: string | null;
  kty: string;
  alg: string | null;
}

/** What has been put somewhere and is not known to be gone. */
export interface Leftovers {
  item: boolean;
  /** Key → version id, null when it is not known. */
  objects: Map<string, string | null>;
  /** Of objects that are deleted: what a bucket with versions keeps of them, and the marker on top. */
  versions: { key: string; version: string; marker: string | null }[];
  /** Upload id → key. */
  uploads: Map<string, string>;
  /** Of runs that never came to their end: keys of objects, and sort keys. */
  oldObjects: string[];
  oldItems: string[];
}

/** One run: what it may use, and what its steps have found for those after them. */
export class DoctorWorld {
  metadata: Metadata | null = null;
  keys: PublishedKey[] = [];
  /** AWS's clock minus ours, milliseconds. */
  clockOffset = 0;
  /** The checksum that S3 says it has kept; null when it says none. */
  echo: string | null = null;
  /** Answers that two steps judge, each for itself. */
  private answers = new Map<string, Promise<ProbeAnswer>>();
  private exchanged: Promise<{ credentials: RoleCredentials; identity: string }> | null = null;
  private session: { probe: AwsProbe; identity: string } | null = null;
  readonly left: Leftovers = {
    item: false,
    objects: new Map(),
    versions: [],
    uploads: new Map(),
    oldObjects: [],
    oldItems: [],
  };
  readonly runId: string;

  constructor(readonly deps: DoctorDeps) {
    this.runId = deps.ulid();
  }

  get profile(): Profile {
    return this.deps.profile;
  }

  /** The one exchange of this run; the steps that judge it wait for the same answer. */
  exchange(signal: AbortSignal): Promise<{ credentials: RoleCredentials; identity: string }> {
    this.exchanged ??= this.deps.exchange(signal).then((answer) => {
      this.session = { probe: this.deps.probe(answer.credentials), identity: answer.identity };
      return answer;
    });
    return this.exchanged;
  }

  /** Null before the exchange has succeeded. */
  get signedIn(): { probe: AwsProbe; identity: string } | null {
    return this.session;
  }

  /** @throws HoldallError `signed-out` before the exchange has succeeded */
  get aws(): AwsProbe {
    if (this.session === null) throw new HoldallError("signed-out");
    return this.session.probe;
  }

  get identity(): string {
    if (this.session === null) throw new HoldallError("signed-out");
    return this.session.identity;
  }

  /** The answer that was got under this name, or is got now. */
  once(name: string, ask: () => Promise<ProbeAnswer>): Promise<ProbeAnswer> {
    const known = this.answers.get(name);
    if (known !== undefined) return known;
    const answer = ask();
    this.answers.set(name, answer);
    return answer;
  }

  /** Sort key of this run's item. */
  get sortKey(): string {
    return `${itemPrefix}${this.runId}`;
  }

  /** Key of one of this run's objects. */
  objectKey(name: "object" | "copy" | "parts"): string {
    return `${this.identity}/${folder}${this.runId}/${name}`;
  }
}

/** What the sort keys of the doctor's items begin with. */
export const itemPrefix = "holdall#doctor#";
/** The folder of the doctor's objects, in the person's own. */
export const folder = ".holdall-doctor/";
