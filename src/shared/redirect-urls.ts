/**
 * Where a provider sends people back to, in each browser: an administrator registers both. They follow from the manifest's
 * `key` and its gecko id (build/manifest.mjs; a test compares). What a browser really uses is `identity.getRedirectURL`.
 */
export const redirectUrls = {
  chromium: "https://ojmdpmcdjfebjchhonnbbphamljlcnah.chromiumapp.org/",
  firefox: "https://b305459650f4db1031ef1fa6b824354bfbf6d2b9.extensions.allizom.org/",
} as const;
