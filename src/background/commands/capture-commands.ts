import type { Handlers } from "../../messaging/server.ts";
import { tabPage } from "../../platform/tabs.ts";
import { ownerFor, ownerOrNobody } from "../as-owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `captures.${string}`>>;

export function captureCommands(services: Services): Commands {
  const { captures } = services;
  return {
    "captures.take": async ({ kind, tab, tags, note }) => {
      const page = await tabPage(tab);
      return await captures.take({ kind, url: page.url, page, tab: { id: tab, frame: 0 }, tags, note });
    },
    "captures.here": async ({ profile, url }) => ({
      saved: await captures.here(await ownerFor(services, profile), url),
    }),
    "captures.list": async ({ profile, ...input }) => await captures.list(await ownerFor(services, profile), input),
    "captures.facets": async ({ profile }) => await captures.facets(await ownerFor(services, profile)),
    "captures.get": async ({ profile, id }) => await captures.get(await ownerFor(services, profile), id),
    "captures.refresh": async ({ profile }) => done(captures.refresh(await ownerFor(services, profile))),
    "captures.annotate": async ({ profile, id, ...words }) =>
      done(captures.annotate(await ownerOrNobody(services, profile), id, words)),
    "captures.move": async ({ profile, id, path }) => await captures.move(await ownerFor(services, profile), id, path),
    "captures.remove": async ({ profile, id }) => await captures.remove(await ownerFor(services, profile), id),
    "captures.restore": async ({ profile, undo }) => done(captures.restore(await ownerFor(services, profile), undo)),
    "captures.thumbnail": async ({ profile, id }) => ({
      image: await captures.thumbnail(await ownerFor(services, profile), id),
    }),
    "captures.read": async ({ profile, id }) => ({ bytes: await captures.read(await ownerFor(services, profile), id) }),
    "captures.discard": ({ ids }) => done(captures.discard(ids)),
    "captures.retry": ({ ids, allowAddress }) => done(captures.retry(ids, allowAddress ?? false)),
    "captures.saveLink": ({ id }) => done(captures.saveLink(id)),
    "captures.claim": async ({ profile, take }) => done(captures.claim(await ownerFor(services, profile), take)),
    "captures.settings": ({ profile }) => captures.settings(profile),
    "captures.configure": ({ profile, settings }) => done(captures.configure(profile, settings)),
  };
}

/** Answers are data: `undefined` would not cross. */
async function done(work: Promise<void>): Promise<null> {
  await work;
  return null;
}
