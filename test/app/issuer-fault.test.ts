import "../ui/fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { issuerFault } from "../../src/app/setup/issuer-fault.ts";
import { checkIssuer } from "../../src/setup/check-issuer.ts";

const https = "setup_fault_https";
const port = "setup_fault_port";

test.each([
  ["login.example.com", https],
  ["login.example.com:8443", https],
  ["http://login.example.com/", https],
  ["http://login.example.com:8080/", https],
  ["https://login.example.com:8443/", port],
  ["https://", null],
  ["https://login.example.com/?a=b", null],
  ["http://localhost:9000/", null],
  ["https://login.example.com/", null],
])("of %s it says %s", (issuer, fault) => expect(issuerFault(issuer)).toBe(fault));

test("what it finds a fault in is refused", () => {
  const issuer = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true, validSchemes: ["http", "https"], authoritySettings: { withPort: true } }),
  );
  fc.assert(
    fc.property(issuer, (text) => {
      fc.pre(issuerFault(text) !== null);
      expect(() => checkIssuer(text)).toThrow();
    }),
  );
});
