/** A screen of its own, with a window manager and a place for notifications: what a person would see and click. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { poll } from "../support/poll.ts";

const run = promisify(execFile);
const needed = ["Xvfb", "xdotool", "import", "openbox", "dunst", "dunstctl", "dbus-daemon"];
const size = "1280x900x24";

export interface Screen {
  /** Moves the mouse there and presses a button: 1 left, 3 right. Screen pixels. */
  click(x: number, y: number, button: 1 | 3): Promise<void>;
  /** Presses keys, by their X names. */
  press(...keys: string[]): Promise<void>;
  /** Takes the notifications away. */
  clear(): Promise<void>;
  /** A picture of all of it, as PNG. */
  picture(path: string): Promise<void>;
  close(): void;
}

/** Browsers that are started afterwards appear on it. */
export async function openScreen(display = ":97"): Promise<Screen> {
  for (const name of needed) {
    await run("which", [name]).catch(() => {
      throw new Error(`${name} is missing: apt-get install xvfb xdotool imagemagick openbox dunst dbus`);
    });
  }
  const children: ChildProcess[] = [];
  const start = (command: string, args: string[]) => {
    const child = spawn(command, args, { stdio: "ignore" });
    children.push(child);
  };
  process.env.DISPLAY = display;
  start("Xvfb", [display, "-screen", "0", size, "-nolisten", "tcp"]);
  await poll("the screen", () => run("xdotool", ["getdisplaygeometry"]).then(() => true));
  const address = `unix:path=/tmp/holdall-bus-${process.pid}`;
  process.env.DBUS_SESSION_BUS_ADDRESS = address;
  start("dbus-daemon", ["--session", `--address=${address}`, "--nofork"]);
  start("openbox", []);
  await poll("the bus", () =>
    run("dbus-send", ["--session", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.Peer.Ping"]).then(
      () => true,
    ),
  );
  start("dunst", []);
  return {
    click: async (x, y, button) => {
      await run("xdotool", ["mousemove", "--sync", String(x), String(y), "click", String(button)]);
    },
    press: async (...keys) => {
      for (const key of keys) {
        await run("xdotool", ["key", key]);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    },
    clear: async () => void (await run("dunstctl", ["close-all"])),
    picture: async (path) => void (await run("import", ["-window", "root", path])),
    close: () => {
      for (const child of children.reverse()) child.kill();
    },
  };
}
