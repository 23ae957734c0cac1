/** Questions that wait for the person, and what was refused lately. In `storage.session`: the background may end while they think. */
import { sessionArea } from "../../platform/storage.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { SiteWish } from "../../shared/site/site-grant.ts";

export interface Question {
  id: string;
  profile: string;
  origin: string;
  tab: number | null;
  title: string;
  wish: SiteWish;
  declared: boolean;
  /** The permission for the host was there before the click: given for something else, it is not to go with this question. */
  held: boolean;
  /** The browser's id; null until the permission is held. */
  window: number | null;
  /** Milliseconds since the epoch. */
  asked: number;
}

export interface SiteQuestions {
  all(): Promise<Question[]>;
  /** @throws HoldallError `site-unknown` */
  find(id: string): Promise<Question>;
  keep(question: Question): Promise<void>;
  /** The one question of a site, new or with its window: who asks again sees the one that is open. */
  put(about: Omit<Question, "id" | "window" | "asked">): Promise<Question>;
  remove(id: string): Promise<void>;
  /** A page that was refused does not ask again for a minute. */
  refuse(origin: string): Promise<void>;
  forgive(origin: string): Promise<void>;
  refusedLately(origin: string): Promise<boolean>;
}

const prefix = "consent/";
const refusals = "consent-refused/";
/** Milliseconds. */
const rest = 60_000;

export function createSiteQuestions(): SiteQuestions {
  async function all(): Promise<Question[]> {
    const stored = Object.entries(await sessionArea.getAll());
    return stored.filter(([key]) => key.startsWith(prefix)).map(([, question]) => question as Question);
  }

  const keep = (question: Question) => sessionArea.set(prefix + question.id, question);

  return {
    all,
    keep,
    async find(id) {
      const question = (await all()).find((one) => one.id === id);
      if (question === undefined) throw new HoldallError("site-unknown");
      return question;
    },
    async put(about) {
      const old = (await all()).find(({ origin, profile }) => origin === about.origin && profile === about.profile);
      const id = old?.id ?? crypto.randomUUID();
      const window = old?.window ?? null;
      // Who asks again while the window is open holds what the first click asked for.
      const held = old !== undefined && window !== null ? old.held : about.held;
      const made = { ...about, held, id, window, asked: Date.now() };
      await keep(made);
      return made;
    },
    remove: (id) => sessionArea.remove([prefix + id]),
    refuse: (origin) => sessionArea.set(refusals + origin, Date.now()),
    forgive: (origin) => sessionArea.remove([refusals + origin]),
    async refusedLately(origin) {
      const at = await sessionArea.get(refusals + origin);
      return typeof at === "number" && Date.now() - at < rest;
    },
  };
}
