import type { AwsRequest } from "../../service.ts";

/** One request header, by its lower-case name; undefined when it was not sent. */
export function header(request: Pick<AwsRequest, "headers">, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** An HTTP date in seconds, as S3 compares them; undefined when it is no date (RFC 9110: then the condition is ignored). */
export function parseHttpDate(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

/** `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

/** S3's XML dates: whole seconds, `2009-10-12T17:50:30.000Z`. */
export function xmlDate(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}
