/** An origin's parts, to be shown with the host in front of all else. */
export interface OriginParts {
  /** `https://` */
  scheme: string;
  host: string;
  /** `:8443`, or nothing. */
  port: string;
}

export function originParts(origin: string): OriginParts {
  const [, scheme = "", host = origin, port = ""] = /^([a-z]+:\/\/)(.*?)(:\d+)?$/.exec(origin) ?? [];
  return { scheme, host, port };
}

/** `notes.example`, with the port where there is one: where the scheme says nothing. Unsafe ones keep it. */
export function shortOrigin(origin: string): string {
  return origin.replace(/^https:\/\//, "");
}
