/** The service's face. What it needs from others: service-deps.ts. */
import type {
  CaptureEnd,
  CaptureFacets,
  CaptureFilter,
  CaptureRow,
  CaptureSettings,
} from "../messaging/captures-view.ts";
import type { CaptureRequest } from "./taken.ts";

export interface CaptureOwner {
  profile: string;
  identity: string;
}

export type CaptureOutcome = CaptureEnd;

export interface CaptureService {
  /**
   * Journals what was clicked and goes on by itself; works signed out. Costs 1 PUT and 1 PutItem.
   * @throws HoldallError `profile-missing` when no profile is active, `journal-full`, `journal-damaged`
   */
  take(request: CaptureRequest): Promise<{ id: string }>;
  /** Resolves when the capture has ended, or rests until somebody does something; at once for one that is unknown. */
  settled(id: string): Promise<CaptureOutcome>;
  /** How a capture of this life of the background ended or came to rest; null when nobody knows. */
  outcome(id: string): Promise<CaptureOutcome | null>;
  list(
    owner: CaptureOwner,
    input: { filter: CaptureFilter; cursor?: string | undefined; limit: number },
  ): Promise<{ rows: CaptureRow[]; cursor: string | null }>;
  facets(owner: CaptureOwner): Promise<CaptureFacets>;
  here(owner: CaptureOwner, url: string): Promise<CaptureRow[]>;
  get(owner: CaptureOwner, id: string): Promise<CaptureRow>;
  refresh(owner: CaptureOwner): Promise<void>;
  /** `owner` is null while nobody is signed in: then only what is under way can be found. */
  annotate(owner: CaptureOwner | null, id: string, words: { tags: string[]; note: string }): Promise<void>;
  move(owner: CaptureOwner, id: string, path: string): Promise<CaptureRow>;
  remove(owner: CaptureOwner, id: string): Promise<{ undo: string | null }>;
  restore(owner: CaptureOwner, undo: string): Promise<void>;
  thumbnail(owner: CaptureOwner, id: string): Promise<Blob | null>;
  read(owner: CaptureOwner, id: string): Promise<Blob>;
  discard(ids: string[]): Promise<void>;
  retry(ids: string[], allowAddress: boolean): Promise<void>;
  saveLink(id: string): Promise<void>;
  claim(owner: CaptureOwner, take: boolean): Promise<void>;
  settings(profile: string): Promise<CaptureSettings>;
  /** @throws HoldallError `capture-template` */
  configure(profile: string, settings: CaptureSettings): Promise<void>;
  /** Calls `changed` with what is under way: after the shown owner changed. */
  publish(): Promise<void>;
  /** Goes on with everything that can: after a start, a sign-in, when the network is back, and by alarm. */
  resume(): Promise<void>;
  /** The person has allowed a host: what was refused for want of one is tried again. */
  hostsAdded(): Promise<void>;
  /** Remembers who is signed in, goes on with what was kept for them, and brings their mirror up to date. */
  signedIn(owner: CaptureOwner): Promise<void>;
  /** Takes away the mirror; what is kept stays for the same person. @param successor identity that signed in meanwhile */
  signedOut(profile: string, successor?: string): Promise<void>;
  /** Something changed among the transfers: an upload that the person was asked about may go on. */
  uploadsChanged(): void;
  /** Removes everything of an owner, or of a whole profile when `identity` is absent. */
  forget(owner: { profile: string; identity?: string }): Promise<void>;
}
