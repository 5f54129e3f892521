/** How long a socket that is gone is still shown, in milliseconds. */
export const FAREWELL_MS = 1_500;

/** Which sockets have gone so lately that they are still to be seen. One that went long before it was first heard of is not. */
export class Farewells {
  readonly #until = new Map<string, number>();

  /**
   * @param goneMs when it went, on the timeline
   * @param endMs where the timeline ends so far
   * @param nowMs the page's clock
   */
  isShown(key: string, goneMs: number, endMs: number, nowMs: number): boolean {
    let until = this.#until.get(key);
    if (until === undefined) {
      until = goneMs < endMs - FAREWELL_MS ? nowMs : nowMs + FAREWELL_MS;
      this.#until.set(key, until);
    }
    return until > nowMs;
  }

  /** Whether there is one to be taken away. */
  isWaiting(nowMs: number): boolean {
    return [...this.#until.values()].some((until) => until > nowMs);
  }
}
