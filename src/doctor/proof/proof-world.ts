import type { RoleCredentials } from "../../shared/credentials.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Profile } from "../../shared/profile.ts";
import type { AwsProbe, ProbeAnswer } from "../aws-probe.ts";

/** What the isolation proof needs of the rest of the extension: the composition root passes it in. */
export interface ProofDeps {
  profile: Profile;
  /** Who is signed in, as AWS says; null when nobody is. */
  identity: string | null;
  /** @throws HoldallError those of a renewal */
  credentials(): Promise<RoleCredentials>;
  /**
   * Credentials that a connected site's requests would be signed with; null where the profile's way to credentials has none.
   * @param site its name in keys
   */
  siteCredentials: ((site: string, signal: AbortSignal) => Promise<RoleCredentials>) | null;
  probe(credentials: RoleCredentials): AwsProbe;
  /** What setup has made under an identity that nobody can have: see src/setup/probe.ts. */
  target: ProbeTarget;
  /** What a site's objects' keys begin with, and the partition key of its items. */
  siteArea(identity: string, site: string): { folder: string; partition: string };
  ulid(): string;
}

export interface ProbeTarget {
  identity: string;
  /** Keys: one of the probe's own folder, one of a site's area. */
  objects: readonly [string, string];
  items: readonly [ProbeItem, ProbeItem];
}

export interface ProbeItem {
  partition: string;
  sort: string;
}

/** The site that the proof plays. */
const proofSite = "holdall-proof";

/** One run: what it may use, and what has to be taken away at its end. */
export class ProofWorld {
  /** Key → version id, null when it is not known. */
  readonly objects = new Map<string, string | null>();
  /** Partition and sort keys. */
  readonly items: ProbeItem[] = [];
  readonly runId: string;
  /** Signed with the person's credentials; null before they are there. */
  private person: AwsProbe | null = null;
  /** Signed with what a connected site's requests would be signed with. */
  private site: AwsProbe | null = null;
  private readonly answers = new Map<string, Promise<ProbeAnswer>>();

  constructor(readonly deps: ProofDeps) {
    this.runId = deps.ulid();
  }

  async signIn(): Promise<void> {
    this.person = this.deps.probe(await this.deps.credentials());
  }

  async connectSite(signal: AbortSignal): Promise<void> {
    const credentials = await this.deps.siteCredentials?.(proofSite, signal);
    if (credentials !== undefined) this.site = this.deps.probe(credentials);
  }

  get profile(): Profile {
    return this.deps.profile;
  }

  get target(): ProbeTarget {
    return this.deps.target;
  }

  /** @throws HoldallError `signed-out` */
  get identity(): string {
    if (this.deps.identity === null) throw new HoldallError("signed-out");
    return this.deps.identity;
  }

  /** Whether there are credentials to sign with. */
  can(as: "person" | "site"): boolean {
    return (as === "person" ? this.person : this.site) !== null;
  }

  /** @throws HoldallError `signed-out` before the credentials are there */
  aws(as: "person" | "site"): AwsProbe {
    const probe = as === "person" ? this.person : this.site;
    if (probe === null) throw new HoldallError("signed-out");
    return probe;
  }

  get siteArea(): { folder: string; partition: string } {
    return this.deps.siteArea(this.identity, proofSite);
  }

  /** An own item's keys: reserved, and of this run. */
  get ownItem(): ProbeItem {
    return { partition: this.identity, sort: `holdall#doctor#${this.runId}` };
  }

  /** Key of one of this run's own objects, where the doctor looks for what was left behind. */
  ownObject(name: "proof" | "copy"): string {
    return `${this.identity}/.holdall-doctor/${this.runId}/${name}`;
  }

  keyOf({ partition, sort }: ProbeItem): Record<string, { S: string }> {
    const { partitionKey, sortKey } = this.profile.table;
    return { [partitionKey]: { S: partition }, [sortKey]: { S: sort } };
  }

  /** The answer that was got under this name, or is got now. */
  once(name: string, ask: () => Promise<ProbeAnswer>): Promise<ProbeAnswer> {
    const known = this.answers.get(name) ?? ask();
    this.answers.set(name, known);
    return known;
  }
}
