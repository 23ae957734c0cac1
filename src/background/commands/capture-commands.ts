import type { Handlers } from "../../messaging/server.ts";
import { tabPage } from "../../platform/tabs.ts";
import { forOwner, ownerOrNobody } from "../as-owner.ts";
import type { Owner } from "../owner.ts";
import type { Services } from "../services.ts";

type Commands = Pick<Handlers, Extract<keyof Handlers, `captures.${string}`>>;

export function captureCommands(services: Services): Commands {
  const { captures } = services;
  const own = <T>(profile: string, work: (owner: Owner) => Promise<T>) => forOwner(services, profile, work);
  return {
    "captures.take": async ({ kind, tab, tags, note }) => {
      const page = await tabPage(tab);
      return await captures.take({ kind, url: page.url, page, tab: { id: tab, frame: 0 }, tags, note });
    },
    "captures.outcome": async ({ id }) => ({ outcome: await captures.outcome(id) }),
    "captures.here": ({ profile, url }) => own(profile, async (one) => ({ saved: await captures.here(one, url) })),
    "captures.list": ({ profile, ...input }) => own(profile, (one) => captures.list(one, input)),
    "captures.facets": ({ profile }) => own(profile, (one) => captures.facets(one)),
    "captures.get": ({ profile, id }) => own(profile, (one) => captures.get(one, id)),
    "captures.refresh": ({ profile }) => own(profile, (one) => done(captures.refresh(one))),
    "captures.annotate": async ({ profile, id, ...words }) =>
      done(captures.annotate(await ownerOrNobody(services, profile), id, words)),
    "captures.move": ({ profile, id, path }) => own(profile, (one) => captures.move(one, id, path)),
    "captures.remove": ({ profile, id }) => own(profile, (one) => captures.remove(one, id)),
    "captures.restore": ({ profile, undo }) => own(profile, (one) => done(captures.restore(one, undo))),
    "captures.thumbnail": ({ profile, id }) =>
      own(profile, async (one) => ({ image: await captures.thumbnail(one, id) })),
    "captures.read": ({ profile, id }) => own(profile, async (one) => ({ bytes: await captures.read(one, id) })),
    "captures.discard": ({ ids }) => done(captures.discard(ids)),
    "captures.retry": ({ ids, allowAddress }) => done(captures.retry(ids, allowAddress ?? false)),
    "captures.saveLink": ({ id }) => done(captures.saveLink(id)),
    "captures.claim": ({ profile, take }) => own(profile, (one) => done(captures.claim(one, take))),
    "captures.settings": ({ profile }) => captures.settings(profile),
    "captures.configure": ({ profile, settings }) => done(captures.configure(profile, settings)),
  };
}

/** Answers are data: `undefined` would not cross. */
async function done(work: Promise<void>): Promise<null> {
  await work;
  return null;
}
