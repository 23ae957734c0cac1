import { expect, test } from "vitest";
import { isLoopback } from "../../src/shared/loopback.ts";

test.each(["localhost", "a.localhost", "127.0.0.1", "127.255.0.9", "[::1]"])("%s is this machine", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([
  "localhost.example.com",
  "evillocalhost",
  "127.0.0.1.example.com",
  "128.0.0.1",
  "0.0.0.0",
  "[::2]",
  "10.0.0.1",
  "",
])("%s may be another machine", (host) => {
  expect(isLoopback(host)).toBe(false);
});
