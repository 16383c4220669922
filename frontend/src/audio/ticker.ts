const PERIOD_MS = 30;

/** Looks after something again and again, but only while it runs. */
export class Ticker {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly tick: () => void) {}

  run(on: boolean): void {
    if (on) this.timer ??= setInterval(this.tick, PERIOD_MS);
    else {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }
}
