import { createCaptureJournal } from "../../captures/journal/capture-journal.ts";
import type { Handlers } from "../../messaging/server.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { localArea, sessionArea } from "../../platform/storage.ts";
import { createProfileEditor } from "../../profiles/edit-profiles.ts";
import { fetchProfile } from "../../profiles/fetch-profile.ts";
import { foreignSts } from "../../profiles/foreign-sts.ts";
import { parseProfile } from "../../profiles/parse-profile.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { profileLink } from "../../shared/profile-link.ts";
import { hasEnded } from "../../transfers/machine.ts";
import type { Services } from "../services.ts";
import { discoverProfile } from "./discover-profile.ts";

/** The commands of profiles that need more than to know them. */
export type LateProfileCommands = Pick<
  Handlers,
  | "profiles.preview"
  | "profiles.fetch"
  | "profiles.discover"
  | "profiles.import"
  | "profiles.edit"
  | "profiles.export"
  | "profiles.waiting"
  | "profiles.policy"
>;

export interface ProfileDesk {
  commands: LateProfileCommands;
  /** See `ProfileEditor`. */
  installPackaged(packaged: unknown): Promise<void>;
}

/** @param show brings the view in line with the profiles */
export function connectProfiles(services: Services, show: () => Promise<void>): ProfileDesk {
  const { activity, journal, profiles, storages } = services;
  const editor = createProfileEditor(localArea, profiles);
  const online = () => navigator.onLine;
  const linkOf = (text: string) => {
    const url = profileLink(text);
    if (url === null) throw new HoldallError("profile-link-invalid");
    return url;
  };
  return {
    installPackaged: editor.installPackaged,
    commands: {
      "profiles.preview": async ({ text }) => {
        const { id, profile, replaces } = await editor.preview(text);
        return { id, profile, replaces, hosts: reachOf(profile), foreignSts: foreignSts(profile) };
      },
      "profiles.fetch": async ({ url }) => ({
        text: await fetchProfile(linkOf(url), { fetch: activity.fetch("profile-link"), online }),
      }),
      "profiles.discover": ({ text }) =>
        discoverProfile(parseProfile(text), {
          fetch: activity.fetch("issuer"),
          store: sessionArea,
          now: () => Date.now(),
          online,
          sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
          timeout: 8000,
          holdsHosts,
        }),
      "profiles.import": async ({ text, from }) => {
        const { id } = await editor.import(text, from === undefined ? undefined : linkOf(from).host);
        storages.forget(id);
        await show();
        return { id };
      },
      "profiles.edit": async ({ id, name, colour }) => {
        await editor.edit(id, { name, colour });
        await show();
        return null;
      },
      "profiles.export": async ({ id }) => ({ text: await editor.export(id) }),
      "profiles.waiting": async ({ id }) => {
        const [transfers, captures] = await Promise.all([journal.list(), createCaptureJournal().list()]);
        return {
          transfers: transfers.filter((one) => one.owner.profile === id && !hasEnded(one)).length,
          captures: captures.filter(({ profile }) => profile === id).length,
        };
      },
      "profiles.policy": async () => {
        const { managed, problems, allowImport } = await profiles.policy();
        return { managed, problems, allowImport };
      },
    },
  };
}
