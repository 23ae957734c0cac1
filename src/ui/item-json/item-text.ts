/** An item's attributes as the editor shows them: in one of two notations, without the version attribute. */
import { t } from "../../platform/i18n.ts";
import type { Attributes } from "../../shared/attribute-value.ts";
import { fromDynamodbJson, toDynamodbJson } from "./dynamodb-json.ts";
import { faultOf } from "./json-error.ts";
import { fromPlain, toPlain, whyNotPlain } from "./plain-json.ts";
import { withoutRev } from "./without-rev.ts";

export type Notation = "plain" | "dynamodb";

/** Plain where nothing would be lost. */
export function bestNotation(attributes: Attributes): Notation {
  return whyNotPlain(withoutRev(attributes)) === null ? "plain" : "dynamodb";
}

export function toText(attributes: Attributes, notation: Notation): string {
  const shown = withoutRev(attributes);
  return notation === "plain" ? toPlain(shown) : toDynamodbJson(shown);
}

/** @throws JsonError with a sentence that says what is wrong and where */
export function fromText(text: string, notation: Notation): Attributes {
  const attributes = notation === "plain" ? fromPlain(text) : fromDynamodbJson(text);
  if (attributes.rev !== undefined && "N" in attributes.rev) throw faultOf(["rev"], t("json_rev"));
  return attributes;
}
