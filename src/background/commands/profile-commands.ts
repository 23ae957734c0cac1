import type { Handlers } from "../../messaging/server.ts";
import { foreignSts } from "../../profiles/foreign-sts.ts";
import { reachOf } from "../../profiles/reach-of.ts";
import type { Services } from "../services.ts";

type Commands = Pick<
  Handlers,
  "profiles.select" | "profiles.preview" | "profiles.import" | "profiles.export" | "profiles.remove"
>;

/** @param show brings the view in line with the profiles */
export function profileCommands(services: Services, show: () => Promise<void>): Commands {
  const { profiles, sessions, storages, transfers, captures } = services;
  return {
    "profiles.select": async ({ id }) => {
      await profiles.select(id);
      await show();
      return null;
    },
    "profiles.preview": async ({ text }) => {
      const preview = await profiles.preview(text);
      return { ...preview, hosts: reachOf(preview.profile), foreignSts: foreignSts(preview.profile) };
    },
    "profiles.import": async ({ text }) => {
      const { id } = await profiles.import(text);
      storages.forget(id);
      await show();
      return { id };
    },
    "profiles.export": async ({ id }) => ({ text: await profiles.export(id) }),
    "profiles.remove": async ({ id }) => {
      await profiles.get(id);
      await sessions.signOut(id);
      await profiles.remove(id);
      await Promise.all([transfers.forget({ profile: id }), captures.forget({ profile: id })]);
      await show();
      return null;
    },
  };
}
