import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chromiumId, LOOPBACK_HOSTS, manifestFor, redirectUrls } from "../../build/manifest.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { findBrowser, MINIMUM_VERSIONS } from "../../scripts/find-browser.mjs";

const read = (path: string) => readFile(join(ROOT, path), "utf8");
const source = JSON.parse(await read("manifest.json"));
const readme = await read("README.md");

/** First column of a Markdown table's rows: `` | `storage` | why | ``. */
const explained = new Map(
  [...readme.matchAll(/^\| `([^`]+)` +\| +(\S.*?) +\|$/gm)].map(([, name = "", why = ""]) => [name, why]),
);

describe("permissions", () => {
  test.each([...source.permissions, ...source.optional_permissions, ...source.host_permissions])(
    "%s has its reason in the README",
    (permission) => {
      expect(explained.get(permission)?.length).toBeGreaterThan(20);
    },
  );

  test("the README explains none that the manifest does not ask for", () => {
    const asked = [...source.permissions, ...source.optional_permissions, ...source.host_permissions];
    expect([...explained.keys()].filter((name) => /^[a-zA-Z]+$|^https?:/.test(name) && !asked.includes(name))).toEqual(
      [],
    );
  });

  test("only AWS's hosts are granted at installation", () => {
    for (const host of source.host_permissions) expect(host).toMatch(/^https:\/\/\*\.amazonaws\.com(\.cn)?\/\*$/);
    expect(source).not.toHaveProperty("content_scripts");
  });

  test("none of those that read everything", () => {
    for (const wide of [
      "tabs",
      "history",
      "webRequest",
      "cookies",
      "<all_urls>",
      "debugger",
      "pageCapture",
      "tabCapture",
    ]) {
      expect([...source.permissions, ...source.host_permissions]).not.toContain(wide);
    }
  });
});

describe("exposure", () => {
  test("pages cannot load anything of the extension, nor speak to it", () => {
    expect(source).not.toHaveProperty("web_accessible_resources");
    expect(source).not.toHaveProperty("externally_connectable");
    expect(source.incognito).toBe("not_allowed");
  });

  test("the content security policy denies all but what is named", () => {
    const directives = new Map<string, string>(
      source.content_security_policy.extension_pages.split(";").map((directive: string) => {
        const [name = "", ...sources] = directive.trim().split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("script-src")).toBe("'self'");
    expect(directives.get("style-src")).toBe("'self'");
    for (const name of ["form-action", "base-uri", "frame-ancestors"]) expect(directives.get(name)).toBe("'none'");
    expect(directives.get("img-src")).not.toMatch(/https?:/);
    expect([...directives.values()].join(" ")).not.toMatch(/unsafe|\*/);
    for (const name of ["script-src-elem", "object-src", "frame-src", "worker-src"])
      expect(directives.has(name)).toBe(false);
  });
});

describe("identity", () => {
  test("the README names both redirect URLs", () => {
    for (const url of Object.values(redirectUrls(source))) expect(readme).toContain(url);
  });

  test("ids are well formed", () => {
    expect(chromiumId(source)).toMatch(/^[a-p]{32}$/);
    expect(source.browser_specific_settings.gecko.id).toMatch(/^[a-z0-9-]+@[a-z0-9.-]+$/);
    expect(source.browser_specific_settings.gecko.data_collection_permissions).toEqual({ required: ["none"] });
  });

  test("README, manifest and tools name the same minimum versions", () => {
    expect(String(MINIMUM_VERSIONS.chromium)).toBe(source.minimum_chrome_version);
    expect(`${MINIMUM_VERSIONS.firefox}.0`).toBe(source.browser_specific_settings.gecko.strict_min_version);
    expect(readme).toMatch(new RegExp(`Chrom(e|ium) ${MINIMUM_VERSIONS.chromium}`));
    expect(readme).toMatch(new RegExp(`Firefox ${MINIMUM_VERSIONS.firefox}`));
  });
});

describe("variants", () => {
  const chromium = manifestFor(source, { browser: "chromium", version: "1.2.3", local: false });
  const firefox = manifestFor(source, { browser: "firefox", version: "1.2.3", local: false });

  test("each has its own kind of background", () => {
    expect(chromium.background).toEqual({ service_worker: "background.js" });
    expect(firefox.background).toEqual({ scripts: ["background.js"] });
  });

  test("Firefox is not asked for what it does not know", () => {
    expect(firefox.permissions).not.toContain("offscreen");
    for (const key of ["key", "minimum_chrome_version", "message_serialization", "optional_permissions"])
      expect(firefox).not.toHaveProperty(key);
    expect(chromium).not.toHaveProperty("browser_specific_settings");
    expect(chromium.message_serialization).toBe("structured_clone");
  });

  test.each(["chromium", "firefox"] as const)("the local one of %s differs by loopback hosts alone", (browser) => {
    const release = manifestFor(source, { browser, version: "1.2.3", local: false });
    const local = manifestFor(source, { browser, version: "1.2.3", local: true });
    expect(local).toEqual({ ...release, host_permissions: [...release.host_permissions, ...LOOPBACK_HOSTS] });
  });
});

test("a variable that names no browser is said so", () => {
  process.env.CHROME_PATH = "/nowhere/chrome";
  try {
    expect(() => findBrowser("chrome")).toThrow(/CHROME_PATH is set to \/nowhere\/chrome/);
  } finally {
    delete process.env.CHROME_PATH;
  }
});
