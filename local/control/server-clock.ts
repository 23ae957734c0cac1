/** The time as the local AWS sees it: tests move it to make signatures too old and sessions end. */
export class ServerClock {
  offsetMs = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offsetMs;
  }
}
