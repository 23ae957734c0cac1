import type { Browser, Page } from "puppeteer-core";

export type BrowserName = "chromium" | "firefox";

export interface LaunchExtensionOptions {
  /** Folder of the unpacked extension. */
  extension: string;
  /** Host names that lead to loopback, for example `notes.example`. */
  hosts?: string[];
  /** Default: true. Else there has to be a screen. */
  headless?: boolean;
  /** The system's colour scheme, on a screen. */
  dark?: boolean;
  /** A profile folder to go on with; it is created when absent. Default: a new temporary one. */
  profileDir?: string;
  /** Where downloads go; as profileDir. Chromium takes it from the profile when that was used before. */
  downloadDir?: string;
}

/** A right-click, and the entry of the menu that the person chooses. */
export interface MenuChoice {
  page: Page;
  /** CSS selector of what is clicked: an image, video, sound, link, or anything else for the page. */
  at: string;
  /** The entry's text. */
  title: string;
  /** The `id` that the extension gave to the entry. */
  menuItemId: string;
}

/** A real, headless browser with an extension in it. What differs between browsers ends here. */
export interface ExtensionBrowser {
  readonly name: BrowserName;
  readonly browser: Browser;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly origin: string;
  /** The browser's whole memory on disk: search it for secrets after `close()`. */
  readonly profileDir: string;
  /** Where `downloads.download` puts files. */
  readonly downloadDir: string;
  /** Opens a page of the extension in a tab, for example `/app.html#/files`, and waits until it has loaded. */
  openExtensionPage(path: string): Promise<Page>;
  /** Chromium: the popup that the toolbar button opens. Firefox: the popup's page in a tab, as its panel is out of the driver's reach. */
  openPopup(): Promise<Page>;
  /** `route` for example `/files`. */
  openApp(route: string): Promise<Page>;
  /** Opens a web page in a tab. */
  openWebPage(url: string): Promise<Page>;
  /** Waits for a window or tab whose address starts so, for example the login window that `launchWebAuthFlow` opens. */
  waitForPage(urlPrefix: string): Promise<Page>;
  /** In Firefox the real menu; in Chromium the event that it sends, without what a click allows (`activeTab`). */
  chooseFromMenu(choice: MenuChoice): Promise<void>;
  /** Ends the service worker at once, as Chromium may at any time. Firefox has none: its background page stays alive under a driver. */
  killWorker(): Promise<void>;
  /**
   * Ends what moves the bytes of transfers, at once. Chromium: the offscreen document; false when there is none. Firefox: the
   * background page, as when the browser finds it idle.
   */
  killHost(): Promise<boolean>;
  /** SIGKILL to the browser and all of its processes: nothing is written any more. Profile and downloads stay on disk. */
  kill(): Promise<void>;
  /** Closes the browser; profile and downloads stay on disk. */
  close(): Promise<void>;
  /** Closes, and removes what is on disk. */
  dispose(): Promise<void>;
}
