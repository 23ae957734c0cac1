/** DynamoDB's numbers: decimal, up to 38 significant digits, 1E-130 to 9.99…E+125. They never become a JavaScript number. */

export interface DecimalNumber {
  negative: boolean;
  /** Significant digits without leading and trailing zeros; "" for zero. */
  digits: string;
  /** Power of ten of the first digit. */
  magnitude: number;
}

const written = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,6}))?$/;

/** Takes a number apart; null when it is none, as `NaN` and `0x10`. */
export function parseNumber(text: string): DecimalNumber | null {
  const match = written.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", bareFraction = "", exponent = "0"] = match;
  const decimals = fraction || bareFraction;
  const all = whole + decimals;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, "");
  if (digits === "") return { negative: false, digits: "", magnitude: 0 };
  return { negative: sign === "-", digits, magnitude: Number(exponent) + whole.length - 1 - leading };
}

/** Why DynamoDB would not take the number; null when it takes it. */
export function numberFault(text: string): string | null {
  const number = parseNumber(text);
  if (number === null) return "is not a number";
  if (number.digits.length > 38) return "has more than 38 significant digits";
  if (number.digits !== "" && number.magnitude > 125) return "is larger than 9.99E+125";
  if (number.digits !== "" && number.magnitude < -130) return "is smaller than 1E-130";
  return null;
}

/** One text for all ways to write a number: `1.0`, `+1` and `10e-1` are equal to DynamoDB. What is no number stays. */
export function canonicalNumber(text: string): string {
  const number = parseNumber(text);
  if (number === null) return text;
  if (number.digits === "") return "0";
  const decimals = number.digits.length > 1 ? `.${number.digits.slice(1)}` : "";
  return `${number.negative ? "-" : ""}${number.digits[0]}${decimals}e${number.magnitude}`;
}
