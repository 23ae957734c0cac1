import type { Page } from "puppeteer-core";
import { defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import type { ProfileDiscovery } from "../../../src/messaging/profiles-protocol.ts";
import { emptyView } from "../../../src/messaging/view.ts";
import { errors, profilePreview, signedIn } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

export const discovery: ProfileDiscovery = {
  needed: ["https://login.acme.example/*", "https://token.acme.example/*"],
  authorizationHost: "login.acme.example",
  tokenHost: "token.acme.example",
  scopesMissing: ["offline_access"],
};

/** Answers of an import that goes well. */
export const importAnswers = {
  "profiles.policy": { ok: true, value: { managed: false, problems: [], allowImport: true } },
  "profiles.fetch": { ok: true, value: { text: '{"holdall": 2}' } },
  "profiles.preview": { ok: true, value: { ...profilePreview, replaces: false } },
  "profiles.discover": { ok: true, value: discovery },
  "profiles.import": { ok: true, value: { id: "acme-beta" } },
} as const;

const fresh = { ...emptyView, revision: 1 };
const page = { page: "app", view: fresh, route: "#/import", answers: importAnswers } as const;

const settingsAnswers = {
  "transfers.settings": { ok: true, value: { sendOnce: true } },
  "captures.settings": { ok: true, value: defaultCaptureSettings },
  "session.lockSettings": { ok: true, value: { idleMinutes: null, onScreenLock: false, managed: false } },
  "profiles.policy": { ok: true, value: { managed: false, problems: [], allowImport: true } },
  "profiles.waiting": { ok: true, value: { transfers: 3, captures: 1 } },
  "profiles.export": { ok: true, value: { text: `${JSON.stringify(profilePreview.profile, null, 2)}\n` } },
} as const;
const settings = { page: "app", view: signedIn, route: "#/settings", answers: settingsAnswers } as const;

const twins = {
  ...signedIn,
  profiles: [
    {
      id: "acme-beta",
      name: "Acme",
      colour: "#e8590c",
      issuer: "https://login.acme.example/",
      managed: true,
      hint: "acme-beta-data",
    },
    {
      id: "acme",
      name: "Acme",
      colour: "#2b8a3e",
      issuer: "https://login.acme.example/",
      hint: "acme-data",
      from: "profiles.acme.example",
    },
    { id: "home", name: "صور البيت", colour: "#5f3dc4", issuer: "https://bücher.example" },
  ],
} satisfies PageState["view"];

export async function bring(page: Page, text = "{}"): Promise<void> {
  await page.locator("textarea").fill(text);
  await page.locator(".import-stage .primary").click();
}

export async function review(page: Page): Promise<void> {
  await bring(page);
  await page.locator(".stage-columns").wait();
}

export async function rest(page: Page): Promise<void> {
  await review(page);
  await page.locator(".stage-side .primary").click();
  await page.locator("::-p-text(Still to be allowed)").wait();
}

/** Every state of bringing a profile, and of the profiles in the settings. */
export const profileStates: PageState[] = [
  { ...page, name: "import" },
  { ...page, name: "import-link", route: "#/import?from=https://profiles.acme.example" },
  {
    ...page,
    name: "import-error",
    answers: { ...importAnswers, "profiles.preview": { ok: false, error: errors.profile } },
    act: async (opened) => {
      await bring(opened, "{ nonsense");
      await opened.locator("[role=alert]").wait();
    },
  },
  {
    ...page,
    name: "import-link-error",
    answers: {
      ...importAnswers,
      "profiles.fetch": { ok: false, error: { code: "profile-link-redirects", facts: { subs: ["acme.example"] } } },
    },
    act: async (opened) => {
      await bring(opened, "https://acme.example");
      await opened.locator("[role=alert]").wait();
    },
  },
  { ...page, name: "import-review", act: review },
  {
    ...page,
    name: "import-review-foreign",
    view: signedIn,
    answers: {
      ...importAnswers,
      "profiles.preview": { ok: true, value: { ...profilePreview, foreignSts: "sts.storage.example:9000" } },
    },
    act: review,
  },
  {
    ...page,
    name: "import-mismatch",
    answers: {
      ...importAnswers,
      "profiles.discover": {
        ok: false,
        error: {
          code: "issuer-mismatch",
          facts: { subs: ["https://login.acme.example", "https://login.acme.example/"], service: "issuer" },
        },
      },
    },
    act: async (opened) => {
      await review(opened);
      await opened.locator(".stage-side .primary").click();
      await opened.locator("[role=alert]").wait();
    },
  },
  {
    ...page,
    name: "import-unreachable",
    answers: { ...importAnswers, "profiles.discover": { ok: false, error: errors.issuer } },
    act: async (opened) => {
      await review(opened);
      await opened.locator(".stage-side .primary").click();
      await opened.locator("[role=alert]").wait();
    },
  },
  { ...page, name: "import-rest", act: rest },
  {
    ...page,
    name: "import-trust",
    answers: {
      ...importAnswers,
      "profiles.preview": { ok: true, value: { ...profilePreview, foreignSts: "sts.storage.example:9000" } },
    },
    act: rest,
  },
  {
    ...page,
    name: "import-done",
    act: async (opened) => {
      await rest(opened);
      await opened.locator(".stage-side .primary").click();
      await opened.locator("::-p-text(is imported)").wait();
    },
  },
  {
    ...page,
    name: "import-forbidden",
    view: signedIn,
    answers: {
      "profiles.policy": { ok: true, value: { managed: true, problems: [], allowImport: false } },
    },
    act: async (opened) => {
      await opened.locator("[role=alert]").wait();
    },
  },
  {
    ...settings,
    name: "settings-managed",
    view: twins,
    answers: {
      ...settingsAnswers,
      "profiles.policy": {
        ok: true,
        value: {
          managed: true,
          allowImport: false,
          problems: [
            { code: "policy-fault", facts: { subs: ["active", "must be the name of one of the profiles"] } },
            { code: "policy-fault", facts: { subs: ["profiles[1].region", "must be a region such as eu-central-1"] } },
          ],
        },
      },
    },
    act: async (opened) => {
      await opened.locator("[role=alert]").wait();
    },
  },
  {
    ...settings,
    name: "settings-remove",
    act: async (opened) => {
      await opened.locator('[aria-label="Remove Acme beta"]').click();
      await opened.locator("dialog").wait();
    },
  },
  {
    ...settings,
    name: "settings-edit",
    act: async (opened) => {
      await opened.locator('[aria-label="Edit Acme beta"]').click();
      await opened.locator("dialog input").wait();
    },
  },
  {
    ...settings,
    name: "settings-share",
    act: async (opened) => {
      await opened.locator('[aria-label="Share Acme beta"]').click();
      await opened.locator("dialog textarea").wait();
    },
  },
];
