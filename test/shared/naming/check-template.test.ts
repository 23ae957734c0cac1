import { describe, expect, it } from "vitest";
import { captureKinds, defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { checkTemplate, usesCounter } from "../../../src/shared/naming/check-template.ts";
import { nameCapture } from "../../../src/shared/naming/name-capture.ts";

const faultOf = (template: string) => {
  try {
    checkTemplate(template);
    return null;
  } catch (error) {
    return error instanceof HoldallError && error.code === "capture-template" ? error.facts.subs : error;
  }
};

describe("templates", () => {
  it.each([
    ["", "empty", ""],
    [" ", "empty", ""],
    ["/a", "absolute", "/"],
    ["/", "absolute", "/"],
    ["a/", "no-name", ""],
    ["a/ . . ", "no-name", ""],
    ["../a", "dot-segment", ".."],
    ["a/../b", "dot-segment", ".."],
    ["a/ . /b", "dot-segment", "."],
    ["C:/a", "character", ":"],
    ["a\\b", "character", "\\"],
    ["what?", "character", "?"],
    ["a>b", "character", ">"],
    ["a|b", "character", "|"],
    ["a\u202eb", "character", "\u202e"],
    ["a\nb", "character", "\n"],
    ["a/<title", "unclosed", "<title"],
    ["<title<name>", "unclosed", "<title<name>"],
    ["<titel>", "variable", "<titel>"],
    ["<>", "variable", "<>"],
    ["<title||name>", "variable", "<>"],
    ["<toString>", "variable", "<toString>"],
    ["<Title>", "variable", "<Title>"],
    ["<title:0>", "length", "<title:0>"],
    ["<title:201>", "length", "<title:201>"],
    ["<title:x>", "length", "<title:x>"],
    ["<title:1:2>", "length", "<title:1:2>"],
    ["<yyyy:2>", "length", "<yyyy:2>"],
    ["a".repeat(141), "too-long", ""],
    ["<hash>/".repeat(10).concat("x"), "too-long", ""],
    ["a/".repeat(20).concat("x"), "too-long", ""],
  ])("%j: %s", (template, fault, part) => expect(faultOf(template)).toEqual([template, fault, part]));

  it.each([defaultCaptureSettings.fallback.template, "x", "<title>", "…a/b.c/<id>"])("%j is one", (template) =>
    expect(faultOf(template)).toBeNull(),
  );

  it("use a counter or do not", () => {
    expect(usesCounter("<title>-<counter:3>")).toBe(true);
    expect(usesCounter("<title|counter>/x")).toBe(true);
    expect(usesCounter("counter/<title>")).toBe(false);
  });

  it("that are none name nothing", () => {
    const facts = {
      ...{ url: "", page: "", title: "", name: "", site: "", type: "", extension: "", sha256: "", at: 0, counter: 1 },
      ...{ kind: captureKinds[0], id: "01ARYZ6S41TSV4RRFFQ69G5FAV" },
    };
    const fallback = { template: "<x>", ifExists: "ask" } as const;
    expect(() => nameCapture({ rules: [], fallback }, facts)).toThrow(HoldallError);
  });
});
