/** The process ends here: nothing after it runs, and nothing of it writes any more. */
export class Killed extends Error {}

/**
 * One run of the app. Everything it does outside itself passes through `call`, so that a seed can kill it before or
 * after any such call.
 */
export class Process {
  private alive = true;
  private fuse: number | null = null;
  private after = false;

  /** Ends the process at its call number `calls` from now; `after`: what was asked for still happens. */
  light(calls: number, after: boolean): void {
    this.fuse = calls;
    this.after = after;
  }

  /** What was lit burns no more. */
  douse(): void {
    this.fuse = null;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  kill(): void {
    this.alive = false;
  }

  async call<T>(effect: () => T | Promise<T>): Promise<T> {
    if (!this.alive) throw new Killed();
    if (this.fuse !== null && --this.fuse <= 0) {
      this.alive = false;
      if (this.after) await effect();
      throw new Killed();
    }
    const result = await effect();
    if (!this.isAlive) throw new Killed();
    return result;
  }
}
