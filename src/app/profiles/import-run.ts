import { type Signal, useSignal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { ProfileDiscovery, ProfilePreview } from "../../messaging/profiles-protocol.ts";
import { holdsHosts, requestHosts } from "../../platform/permissions.ts";
import { parseOutputs } from "../../setup/parse-outputs.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { looksLikeLink, profileLink } from "../../shared/profile-link.ts";
import { type Command, useCommand } from "../../ui/state/use-command.ts";
import { hostName } from "./host-names.ts";

/** What is about to be kept. */
export interface Candidate {
  text: string;
  preview: ProfilePreview;
  /** The link that it came by. */
  link: URL | null;
  /** May the issuer be asked already? */
  issuerHeld: boolean;
  /** May all hosts that the profile names be reached already? */
  allHeld: boolean;
}

/**
 * `bring` a text, `review` what it is and ask for the issuer, `rest`: what the issuer told, and the hosts that are missing; `done`.
 * Nothing is kept before `done`, and each step but the first needs a click.
 */
export type Stage =
  | { at: "bring" }
  | { at: "review"; candidate: Candidate }
  | {
      at: "rest";
      candidate: Candidate;
      needed: string[];
      /** Null: the provider could not be asked. */
      discovery: ProfileDiscovery | null;
    }
  | { at: "done"; id: string; name: string };

export interface ImportRun {
  stage: Signal<Stage>;
  /** What was pasted, typed or picked. */
  text: Signal<string>;
  /** Call in the click: a link's host is asked for. */
  bring: Command<[], void>;
  /** Call in the click: the issuer's host is asked for, then the issuer. */
  ask: Command<[candidate: Candidate], void>;
  /** Goes on without the provider's word, where it does not answer. */
  skip(candidate: Candidate): Promise<void>;
  /** Call in the click: the hosts that are missing are asked for, then the profile is kept. */
  keep: Command<[candidate: Candidate, needed: string[]], void>;
  back(): void;
}

/** Characters. A profile has some hundred: whatever is longer is another file, and cutting it off makes no profile of it. */
const longest = 100_000;

/** @param from a link to begin with: nothing is done with it before a click */
export function useImport(from: string | null): ImportRun {
  const stage = useSignal<Stage>({ at: "bring" });
  const text = useSignal(from ?? "");

  async function review(profile: string, link: URL | null): Promise<void> {
    const preview = await call("profiles.preview", { text: profile });
    const [issuer = ""] = preview.hosts;
    const [issuerHeld, allHeld] = await Promise.all([holdsHosts([issuer]), holdsHosts(preview.hosts)]);
    stage.value = { at: "review", candidate: { text: profile, preview, link, issuerHeld, allHeld } };
  }

  const bring = useCommand(async () => {
    const given = text.value.slice(0, longest);
    if (!looksLikeLink(given)) return await review(parseOutputs(given), null);
    const link = profileLink(given);
    if (link === null) throw new HoldallError("profile-link-invalid");
    await allowed([`${link.protocol}//${link.hostname}/*`]);
    const { text: fetched } = await call("profiles.fetch", { url: link.href });
    await review(parseOutputs(fetched), link);
  });

  const ask = useCommand(async (candidate: Candidate) => {
    await allowed(candidate.preview.hosts.slice(0, 1));
    const discovery = await call("profiles.discover", { text: candidate.text });
    const { needed } = discovery;
    if (needed.length === 0 && candidate.preview.foreignSts === null) return await hold(candidate);
    stage.value = { at: "rest", candidate, needed, discovery };
  });

  const keep = useCommand(async (candidate: Candidate, needed: string[]) => {
    if (needed.length > 0) await allowed(needed);
    await hold(candidate);
  });

  async function hold({ text: profile, preview, link }: Candidate): Promise<void> {
    const { id } = await call("profiles.import", { text: profile, ...(link !== null && { from: link.href }) });
    stage.value = { at: "done", id, name: preview.profile.name };
  }

  return {
    stage,
    text,
    bring,
    ask,
    keep,
    async skip(candidate) {
      const needed: string[] = [];
      for (const host of candidate.preview.hosts) if (!(await holdsHosts([host]))) needed.push(host);
      stage.value = { at: "rest", candidate, needed, discovery: null };
    },
    back() {
      for (const command of [bring, ask, keep]) command.clear();
      stage.value = { at: "bring" };
    },
  };
}

/** The browser's question, which has to be asked in the click itself. @throws HoldallError `permission-needed` */
async function allowed(hosts: string[]): Promise<void> {
  if (await requestHosts(hosts)) return;
  throw new HoldallError("permission-needed", { subs: [hosts.map(hostName).join(", ")] });
}
