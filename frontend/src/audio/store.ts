/** A state, and those who want to know when it changes. */
export class Store<State extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(protected state: State) {}

  snapshot = (): State => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected update(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
