/** The part of the browser API that src/platform touches, in memory. A test puts it under `globalThis.browser`, hoisted. */

import { AsyncLocalStorage } from "node:async_hooks";

type Listener = (...input: never[]) => unknown;

export interface FakeEvent {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
  /** Calls every listener and answers what they returned. */
  emit(...input: unknown[]): unknown[];
}

function createEvent(): FakeEvent {
  const listeners = new Map<Listener, Listener>();
  return {
    // What a listener does belongs to who added it, not to the test that emits.
    addListener: (listener) => void listeners.set(listener, AsyncLocalStorage.bind(listener)),
    removeListener: (listener) => void listeners.delete(listener),
    emit: (...input) => [...listeners.values()].map((listener) => listener(...(input as never[]))),
  };
}

function createArea() {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key: string | null) => {
      const wanted = key === null ? [...values] : [...values].filter(([name]) => name === key);
      return structuredClone(Object.fromEntries(wanted));
    },
    set: async (change: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(structuredClone(change))) values.set(key, value);
    },
    remove: async (keys: string | string[]) => {
      for (const key of [keys].flat()) values.delete(key);
    },
  };
}

export const extensionId = "abcdefghijklmnopabcdefghijklmnop";
const origin = `chrome-extension://${extensionId}`;

/** A sender as the browser describes our own page; `change` makes it somebody else. */
export function sender(page: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: extensionId, url: `${origin}${page}`, origin, ...change };
}

/** As both browsers do: `*://` lies within neither of the manifest's optional patterns. */
function refuseUnlisted(origins: string[]): void {
  if (origins.every((one) => /^https?:/.test(one))) return;
  throw new Error("Only permissions specified in the manifest may be requested.");
}

export function createFakeBrowser() {
  const hostsAdded = createEvent();
  const hostsRemoved = createEvent();
  const granted = new Set<string>();
  const notifications = new Map<string, { title: string; message: string; buttons?: { title: string }[] }>();
  const menus: { id: string; title: string; contexts: string[] }[] = [];
  const rules: Record<string, unknown>[] = [];
  const tabs: { id: number; url: string }[] = [];
  const windows = new Map<number, string>();
  let lastWindow = 0;
  const windowsClosed = createEvent();
  const scripts = new Map<string, { id: string }>();
  const executed: object[] = [];
  return {
    granted,
    shownNotifications: notifications,
    shownMenus: menus,
    openTabs: tabs,
    runtime: {
      id: extensionId,
      getURL: (path: string) => `${origin}/${path.replace(/^\//, "")}`,
      onMessage: createEvent(),
      onConnect: createEvent(),
      onInstalled: createEvent(),
      onStartup: createEvent(),
      getPlatformInfo: async () => ({}),
      getManifest: () => ({}),
    },
    storage: { session: createArea(), local: createArea(), managed: { ...createArea(), onChanged: createEvent() } },
    i18n: { getMessage: (key: string, subs: string[]) => [key, ...subs].join(" "), getUILanguage: () => "en" },
    permissions: {
      contains: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.has(one)),
      onAdded: hostsAdded,
      onRemoved: hostsRemoved,
      remove: async ({ origins }: { origins: string[] }) => {
        for (const one of origins) granted.delete(one);
        hostsRemoved.emit({ origins });
        return true;
      },
      request: async ({ origins }: { origins: string[] }) => {
        refuseUnlisted(origins);
        for (const one of origins) granted.add(one);
        hostsAdded.emit({ origins });
        return true;
      },
    },
    contextMenus: {
      onClicked: createEvent(),
      removeAll: async () => void menus.splice(0),
      create: (item: { id: string; title: string; contexts: string[] }) => void menus.push(item),
    },
    commands: { onCommand: createEvent() },
    declarativeNetRequest: {
      getSessionRules: async () => structuredClone(rules),
      updateSessionRules: async (change: { removeRuleIds: number[]; addRules: { id: number }[] }) => {
        const kept = rules.filter(({ id }) => !change.removeRuleIds.includes(id as number));
        rules.splice(0, rules.length, ...kept, ...change.addRules);
      },
    },
    notifications: {
      onClicked: createEvent(),
      onButtonClicked: createEvent(),
      create: async (id: string, text: { title: string; message: string; buttons?: { title: string }[] }) =>
        void notifications.set(id, text),
      clear: async (id: string) => notifications.delete(id),
    },
    tabs: {
      query: async ({ url }: { url: string }) => tabs.filter((tab) => tab.url.startsWith(url.replace(/\*$/, ""))),
      create: async ({ url }: { url: string }) => void tabs.push({ id: tabs.length + 1, url }),
      update: async (id: number, { url }: { url: string }) => {
        const tab = tabs.find((one) => one.id === id);
        if (tab !== undefined) tab.url = url;
      },
      get: async (id: number) => tabs.find((one) => one.id === id) ?? { id },
    },
    windows: {
      onRemoved: windowsClosed,
      opened: windows,
      update: async (id: number) => {
        if (!windows.has(id)) throw new Error(`No window with id: ${id}.`);
      },
      create: async ({ url }: { url: string }) => {
        // No browser gives the id of a window that is closed to another one.
        const id = ++lastWindow;
        windows.set(id, url);
        return { id };
      },
      remove: async (id: number) => {
        windows.delete(id);
        windowsClosed.emit(id);
      },
    },
    scripting: {
      registered: scripts,
      executed,
      getRegisteredContentScripts: async () => [...scripts.values()],
      registerContentScripts: async (all: { id: string }[]) => {
        for (const one of all) scripts.set(one.id, one);
      },
      updateContentScripts: async (all: { id: string }[]) => {
        for (const one of all) scripts.set(one.id, one);
      },
      unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
        for (const id of ids) scripts.delete(id);
      },
      executeScript: async (injection: object) => {
        executed.push(injection);
        return [];
      },
    },
    identity: {
      getRedirectURL: () => `https://${extensionId}.chromiumapp.org/`,
      launchWebAuthFlow: async (_details: Record<string, unknown>): Promise<string> => "",
    },
    downloads: {
      onChanged: createEvent(),
      download: async (_options: Record<string, unknown>) => 1,
      search: async (
        _query: Record<string, unknown>,
      ): Promise<{ id?: number; url: string; state: string; error?: string }[]> => [],
      cancel: async (_id: number) => undefined,
    },
    action: {
      badge: "",
      marks: new Map<number, string>(),
      async setBadgeText({ text, tabId }: { text: string; tabId?: number }) {
        if (tabId === undefined) this.badge = text;
        else if (text === null) this.marks.delete(tabId);
        else this.marks.set(tabId, text);
      },
      setTitle: async () => undefined,
      setBadgeBackgroundColor: async () => undefined,
      setBadgeTextColor: async () => undefined,
    },
    idle: { onStateChanged: createEvent(), setDetectionInterval: () => undefined, queryState: async () => "idle" },
    alarms: { onAlarm: createEvent(), create: () => undefined, clear: async () => true },
  };
}

export type FakeBrowser = ReturnType<typeof createFakeBrowser>;

/** A port as `runtime.onConnect` hands it out. */
export function createPort(name: string, from: Record<string, unknown> | undefined) {
  const sent: unknown[] = [];
  const onMessage = createEvent();
  const onDisconnect = createEvent();
  let open = true;
  const disconnect = () => {
    open = false;
  };
  const postMessage = (message: unknown) => {
    if (!open) throw new Error("Attempt to postMessage on disconnected port");
    sent.push(structuredClone(message));
  };
  return { name, sender: from, sent, onMessage, onDisconnect, postMessage, disconnect, isOpen: () => open };
}
