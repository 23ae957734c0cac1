/**
 * Every code that an error of Holdall can carry, and what it means. A code is stable: texts, tests and guides refer to it.
 * The text a person sees for code `a-b` is `error_a_b` in `_locales`, what to do next is `fix_a_b`; the bracketed names are
 * the substitutions of both, in this order.
 */
export const errorCodes = {
  // Sign-in: the provider
  "issuer-unreachable": "No answer from the issuer, or a 5xx. [issuer]",
  "issuer-not-openid": "The issuer's discovery document is missing, is HTML or is not JSON. [issuer]",
  "issuer-mismatch": "The discovery document names another issuer. [expected, found]",
  "issuer-insecure": "An http: issuer off loopback. [issuer]",
  "client-refused": "The provider does not know the client id, or refuses it. [clientId]",
  "sign-in-cancelled": "The person closed the sign-in window.",
  "sign-in-interrupted": "The browser ended the background while the sign-in window was open.",
  "sign-in-refused": "The provider answered with an OAuth error. [error]",
  "callback-state": "The redirect's state is missing or not ours.",
  "callback-issuer": "The redirect's iss is missing though advertised, or another provider's.",
  "callback-unexpected": "A redirect came though no sign-in is pending, or twice.",
  "callback-malformed": "The redirect carries neither a code nor an error, or a parameter twice.",
  "id-token-missing": "The token answer has no ID token.",
  "id-token-malformed": "The ID token is not a JWT, or a claim has the wrong type.",
  "id-token-issuer": "The ID token's iss is not the profile's issuer.",
  "id-token-audience": "The ID token's aud or azp is not the profile's client.",
  "id-token-nonce": "The ID token's nonce is not the one that was sent.",
  "id-token-expired": "The ID token is past exp, or from the future.",
  "id-token-algorithm": "The ID token's alg is none or not advertised.",
  "id-token-signature": "The ID token's signature does not verify.",
  "id-token-subject": "The ID token has no sub.",
  "identity-refused": "The subject holds characters that would reach outside its own area. [identity]",
  "identity-changed": "Renewal came back as somebody else than who signed in.",
  "session-ended": "The provider ended the session (invalid_grant): the person signs in again.",
  "signed-out": "The command needs a session and there is none.",
  "clock-wrong": "This machine's clock is off by more than AWS or the provider accepts. [minutes]",
  // Credentials
  "provider-unknown": "AWS has no OpenID Connect provider for this issuer. [issuer]",
  "trust-refused": "The role's trust policy refuses this person or client. [roleArn]",
  "token-refused": "AWS refuses the ID token. [reason]",
  "credentials-expired": "AWS takes the role credentials no longer, nor those fetched in their place.",
  "sts-unreachable": "No answer from STS, or a 5xx.",
  // Storage
  "access-denied": "IAM refuses the action. [action, resource]",
  "bucket-missing": "The bucket does not exist. [bucket]",
  "table-missing": "The table does not exist. [table]",
  "table-keys": "The table's key attributes are not those of the profile. [partitionKey, sortKey]",
  "wrong-region": "The bucket or table is in another region. [expected, found]",
  "not-aws": "The endpoint answers something that is not this service, such as HTML. [host]",
  "item-key-empty": "The sort key is empty.",
  "item-key-too-long": "The sort key is longer than 1,024 bytes. [bytes]",
  "item-key-reserved": "The sort key starts with holdall#, which Holdall keeps for itself.",
  "item-too-large": "The item is larger than 400 KB. [bytes]",
  "item-invalid": "The item is not valid DynamoDB JSON. [path, reason]",
  "item-conflict": "The item changed since it was read; `current` carries the other version.",
  "item-missing": "The item does not exist any more.",
  "name-empty": "A file's name or a folder's name is empty.",
  "name-dot-segment": "A segment of the key is . or .. [name]",
  "name-leading-slash": "The key starts with a slash. [name]",
  "name-control-character": "The key holds a control character. [name]",
  "name-too-long": "The key is longer than 1,024 bytes. [bytes]",
  "name-malformed": "The key holds half of a surrogate pair, which UTF-8 cannot write.",
  "file-exists": "An object of that name exists. [name]",
  "file-missing": "The object does not exist, or the person may not see it. [name]",
  "file-changed": "The object changed since it was listed. [name]",
  "file-too-large": "The file is larger than one request can carry (5 GiB). [bytes]",
  "file-unreadable": "The source file changed, vanished or cannot be read. [name]",
  "checksum-mismatch": "What arrived is not what was sent. [name]",
  "save-failed": "The browser could not write the file to disk. [reason]",
  "journal-full": "The browser has no room left to keep the file until it is sent.",
  "journal-damaged": "The journal cannot be opened; the rest works.",
  "transfer-host-lost": "The part of the extension that moves bytes ended, and did so again after the retries.",
  cancelled: "The person cancelled it.",
  // Captures
  "capture-blocked": "The source leads to a private, loopback or link-local address. [host]",
  "capture-unfetchable": "The source cannot be fetched. [url, reason]",
  "capture-not-image": "The source is not an image that browsers show. [url]",
  "capture-empty": "The source has no bytes. [url]",
  "permission-needed": "The extension lacks the permission for a host. [host]",
  // Anything that talks to the network
  offline: "The browser has no network.",
  timeout: "No answer in time. [host]",
  unreachable: "The host does not answer. [host]",
  throttled: "AWS asks to slow down, and still does after the retries.",
  "service-unavailable": "AWS answers 5xx, and still does after the retries. [service]",
  "service-refused": "AWS refuses the request with a code Holdall has no words for. [awsCode]",
  // Profiles
  "profile-not-json": "The text is not JSON. [reason]",
  "profile-invalid": "A field of the profile is missing or wrong. [path, reason]",
  "profile-version": "The profile is of a newer format. [version]",
  "profile-missing": "There is no such profile.",
  // Messages
  "message-refused": "The sender may not use this command.",
  "message-invalid": "The message is not of the command's form. [path]",
  "background-unreachable": "The background did not answer: the extension was reloaded or updated.",
  internal: "A fault of Holdall. [detail]",
} as const;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorCodes, value);
}
