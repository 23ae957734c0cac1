import { emptyView, type View } from "../messaging/view.ts";
import { viewKey } from "../messaging/view-port.ts";
import { log } from "../shared/log.ts";

export interface ViewStore {
  /** Reads what an earlier life of the background left. Once, before anything else. */
  load(): Promise<void>;
  current(): View;
  /** Changes the view and tells the pages. */
  update(change: Partial<Omit<View, "revision">>): void;
}

interface ViewStoreDeps {
  /** `storage.session`: memory only, and where an extension page finds the view for its first paint. */
  area: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  push(view: View): void;
}

/** Milliseconds that rows and progress may wait, so that a run of writes costs the pages one drawing and not one each. */
const pause = 50;

/**
 * Holds the view. Who is signed in and to which profile goes out to the pages at once, all else at most every 50 ms; what is
 * kept is always the newest when a write ends.
 */
export function createViewStore({ area, push }: ViewStoreDeps): ViewStore {
  let view = emptyView;
  let kept = emptyView;
  let writing = false;
  let waiting: ReturnType<typeof setTimeout> | null = null;

  async function keep(): Promise<void> {
    if (writing) return;
    writing = true;
    try {
      while (kept !== view) {
        const next = view;
        await area.set(viewKey, next);
        kept = next;
      }
    } catch (error) {
      // The pages have it all the same; the next change tries again.
      log.warn("the view could not be kept", error);
    } finally {
      writing = false;
    }
  }

  function send(): void {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
    push(view);
    void keep();
  }

  return {
    async load() {
      const stored = await area.get(viewKey);
      if (isView(stored)) {
        view = stored;
        kept = stored;
      }
    },
    current: () => view,
    update(change) {
      view = { ...view, ...change, revision: view.revision + 1 };
      if ("session" in change || "activeProfile" in change || "profiles" in change) send();
      else waiting ??= setTimeout(send, pause);
    },
  };
}

function isView(value: unknown): value is View {
  return typeof value === "object" && value !== null && "revision" in value && typeof value.revision === "number";
}
