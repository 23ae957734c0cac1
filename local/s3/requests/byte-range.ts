import { AwsError } from "../../service.ts";

export interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

const FORM = /^bytes=(\d*)-(\d*)$/;

/**
 * Reads a Range header against an object of `size` bytes (RFC 9110, section 14.2).
 *
 * @returns null when the header is to be ignored: another unit, a malformed or a multiple range, as S3 does
 * @throws AwsError `InvalidRange` when no byte of the object is in the range
 */
export function parseByteRange(text: string | undefined, size: number): ByteRange | null {
  const [, first = "", last = ""] = FORM.exec(text?.trim() ?? "") ?? [];
  if (text === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const suffix = Math.min(Number(last), size);
    if (suffix === 0) throw invalidRange(text, size);
    return { start: size - suffix, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  if (start >= size) throw invalidRange(text, size);
  return { start, end };
}

function invalidRange(requested: string, size: number): AwsError {
  const details = { RangeRequested: requested, ActualObjectSize: String(size) };
  return new AwsError("InvalidRange", 416, "The requested range is not satisfiable", details);
}
