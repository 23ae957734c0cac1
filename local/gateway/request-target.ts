import { AwsError } from "../service.ts";

/** A request target as sent, and what it means. */
export interface RequestTarget {
  /** Percent-encoded, as sent. */
  rawPath: string;
  /** Decoded names and values, in the order sent. */
  pairs: [name: string, value: string][];
}

/**
 * Splits a request target. `+` in a query is a space, as S3 reads it.
 *
 * @throws {AwsError} `InvalidURI` for broken percent-encoding
 */
export function parseTarget(url: string): RequestTarget {
  const mark = url.indexOf("?");
  const rawPath = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? "" : url.slice(mark + 1);
  const pairs = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): [string, string] => {
      const equals = pair.indexOf("=");
      if (equals === -1) return [decode(pair), ""];
      return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
  return { rawPath, pairs };
}

function decode(text: string): string {
  return decodePercent(text.replaceAll("+", " "));
}

/** @throws {AwsError} `InvalidURI` */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", 400, "Couldn't parse the specified URI.");
  }
}
