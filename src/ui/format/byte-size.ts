import { language, t } from "../../platform/i18n.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** `1.2 MB`, of 1,000,000 bytes, in the person's language. Below 10 one decimal, above none. */
export function byteSize(bytes: number): string {
  let value = bytes;
  let index = 0;
  // 999,950 bytes would read "1,000 kB": the step is taken where rounding would reach it.
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  const digits = index === 0 || value >= 9.95 ? 0 : 1;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: units[index] ?? "byte",
    unitDisplay: index === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(value);
}

/** `1.2 MB (1,234,567 bytes)`, `17 bytes` */
export function sizeInFull(bytes: number): string {
  return bytes < 1000 ? exactBytes(bytes) : `${byteSize(bytes)} (${exactBytes(bytes)})`;
}

function exactBytes(bytes: number): string {
  return new Intl.NumberFormat(language(), { style: "unit", unit: "byte", unitDisplay: "long" }).format(bytes);
}

/** `1.2 of 4 MB`: how far something is. */
export const sizeShare = (part: number, whole: number) => t("share_of", byteSize(part), byteSize(whole));

/** `4.1 MB/s` from bytes per second. */
export function byteSpeed(bytesPerSecond: number): string {
  return `${byteSize(bytesPerSecond)}/s`;
}

/** Bytes of `text` in UTF-8: the measure of DynamoDB and S3 for keys. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
