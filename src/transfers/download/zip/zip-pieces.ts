import type { Piece } from "../../host/host-link.ts";
import { centralHeader, endRecords, localHeader, type ZipHead } from "./zip-records.ts";

export interface ZipMember extends ZipHead {
  /** Where its content lies, in order. */
  segments: number[];
}

/**
 * A zip of members that are stored as they are: segments between headers. Sizes and checksums are known beforehand, so
 * there are no data descriptors, which some readers refuse in stored members.
 * @returns the pieces in order, and the bytes of them all
 */
export function zipPieces(members: readonly ZipMember[]): { pieces: Piece[]; size: number } {
  const pieces: Piece[] = [];
  let written: Uint8Array<ArrayBuffer>[] = [];
  const flush = () => {
    if (written.length > 0) pieces.push({ bytes: joined(written) });
    written = [];
  };
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const member of members) {
    directory.push(centralHeader(member, at));
    const header = localHeader(member);
    written.push(header);
    at += header.length + member.size;
    if (member.segments.length > 0) flush();
    for (const segment of member.segments) pieces.push({ segment });
  }
  const size = directory.reduce((sum, line) => sum + line.length, 0);
  const end = endRecords(members.length, { offset: at, size });
  written.push(...directory, end);
  flush();
  return { pieces, size: at + size + end.length };
}

function joined(parts: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
