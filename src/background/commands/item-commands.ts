import type { Handlers } from "../../messaging/server.ts";
import { asOwner } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, "items.list" | "items.get" | "items.save" | "items.delete">;

export function itemCommands(services: Services): Commands {
  const { recent } = services;
  return {
    "items.list": ({ profile, ...input }) => asOwner(services, profile, ({ items }) => items.list(input)),
    "items.get": ({ profile, sortKey }) => asOwner(services, profile, ({ items }) => items.get(sortKey)),
    "items.save": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ items }, owner) => {
        const row = await items.save(input);
        await recent.itemStored(owner, row);
        return row;
      }),
    "items.delete": ({ profile, ...input }) =>
      asOwner(services, profile, async ({ items }, owner) => {
        await items.delete(input);
        await recent.itemGone(owner, input.sortKey);
        return null;
      }),
  };
}
