import { t } from "../../platform/i18n.ts";

/** Colours for the band of a profile: told apart from each other, and at least 3:1 on both schemes' ground. */
export const palette: [colour: string, name: () => string][] = [
  ["#4f6bed", () => t("colour_blue")],
  ["#0f8a8a", () => t("colour_teal")],
  ["#2f8f46", () => t("colour_green")],
  ["#8a7a00", () => t("colour_olive")],
  ["#c2620e", () => t("colour_orange")],
  ["#d6453d", () => t("colour_red")],
  ["#c2459b", () => t("colour_pink")],
  ["#8f5fd6", () => t("colour_violet")],
  ["#7a7f8a", () => t("colour_grey")],
];
