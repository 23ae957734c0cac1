// @ts-check

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} what
 * @property {number | null} value Holdall's figure: a median when it was repeated; null when it could not be measured
 * @property {string} unit
 * @property {string | null} against what it is compared with, with that one's figure
 * @property {number | null} ratio value ÷ the other's figure
 * @property {number | null} limit what must not be exceeded, or must be reached: by the ratio if there is one, else by the value; null: for information
 * @property {"most" | "least"} limitIs
 * @property {boolean} ok
 * @property {[number, number] | null} spread first and third quartile of the value
 */

/**
 * @param {Pick<Row, "id" | "what" | "value" | "unit"> & Partial<Row>} given
 * @returns {Row}
 */
export function row({ against = null, ratio = null, limit = null, limitIs = "most", spread = null, ...given }) {
  const measured = ratio ?? given.value;
  const kept = measured !== null && (limit === null || (limitIs === "most" ? measured <= limit : measured >= limit));
  return { ...given, against, ratio, limit, limitIs, ok: kept, spread };
}

/** @param {string} id @param {unknown} error @returns {Row} */
export function failedRow(id, error) {
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return row({ id, what: `not measured: ${reason}`, value: null, unit: "" });
}
