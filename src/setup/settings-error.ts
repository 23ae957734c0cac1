/** Which setting is wrong. `code` is stable; the message is a sentence for the administrator. */
export class SettingsError extends Error {
  override name = "SettingsError";
  constructor(
    readonly code: `setup/${string}`,
    message: string,
  ) {
    super(message);
  }
}
