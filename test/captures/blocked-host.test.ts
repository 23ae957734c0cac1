import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlockedHost } from "../../src/captures/blocked-host.ts";

const blocked = (host: string) => isBlockedHost(new URL(`http://${host}/a.png`));

describe("blocked hosts", () => {
  it.each([
    ...["127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "0", "10.1.2.3", "172.16.0.1", "172.31.255.255"],
    ...["192.168.1.1", "192.168.257", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
    ...["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1:8080", "user:pw@10.0.0.1", "①②⑦.0.0.1"],
    ...[
      "[::1]",
      "[::]",
      "[0:0:0:0:0:0:0:1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:a00:1]",
      "[::ffff:0:10.0.0.1]",
      "[::10.0.0.1]",
    ],
    ...["[fe80::1]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fdff:ffff::1]", "[ff02::1]", "[64:ff9b::192.168.0.1]"],
    ...["[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:c0a8:101::1]"],
  ])("%s is blocked", (host) => expect(blocked(host)).toBe(true));

  it.each([
    ...["example.com", "1.1.1.1", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.63.0.1", "100.128.0.1"],
    ...["198.17.0.1", "198.20.0.1", "223.255.255.255", "localhost.example.com", "10.0.0.1.example.com"],
    ...["[2606:4700::1111]", "[2002:101:101::1]", "[64:ff9b::1.1.1.1]", "[::ffff:1.1.1.1]", "[fe00::1]"],
  ])("%s is not", (host) => expect(blocked(host)).toBe(false));

  it("whatever way an IPv4 address is written, also inside IPv6", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (address) => {
        const bytes = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255];
        const plain = blocked(bytes.join("."));
        expect(blocked(String(address))).toBe(plain);
        expect(blocked(`0x${address.toString(16)}`)).toBe(plain);
        expect(blocked(bytes.map((byte) => `0${byte.toString(8)}`).join("."))).toBe(plain);
        expect(blocked(`[::ffff:${bytes.join(".")}]`)).toBe(plain);
        expect(blocked(`[64:ff9b::${bytes.join(".")}]`)).toBe(plain);
      }),
    );
  });
});
