import { type Loop, loopTarget } from "@/audio/clock";
import { type Output, openOutput } from "@/audio/output";
import { EMPTY, neutralStrips, type Playable, type PlayerState } from "@/audio/playerState";
import { StemDeck } from "@/audio/stemDeck";
import { isNeutral, NEUTRAL, type Strip } from "@/audio/strip";
import { Ticker } from "@/audio/ticker";

/** The one player of the studio: a song goes on while its listener moves between pages. */
export class Player {
  private state = EMPTY;
  private readonly listeners = new Set<() => void>();
  private readonly element = new Audio();
  private output: Output | null = null;
  private readonly deck = new StemDeck((error) => this.fail(error.message));
  private readonly ticker = new Ticker(() => this.watchLoop());
  private pausedAt = 0;
  private request = 0;

  constructor() {
    this.element.preload = "metadata";
    this.element.addEventListener("ended", () => this.reachEnd());
    const failed = () => this.element.src && this.fail("The song's file could not be loaded.");
    this.element.addEventListener("error", failed);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): PlayerState => this.state;

  position = (): number => {
    const { song, status, source } = this.state;
    if (!song) return 0;
    const mixer = status === "playing" && source === "stems" && this.deck.mixer;
    const seconds = mixer ? mixer.position() : this.standing();
    return Math.min(seconds, song.durationSeconds);
  };

  /** Listen to the mix (no id) or to one track while stems play. */
  analyser = (trackId?: string): AnalyserNode | undefined =>
    trackId === undefined ? this.output?.analyser : this.deck.mixer?.analyser(trackId);

  async play(song?: Playable, atSeconds?: number): Promise<void> {
    if (song && song.id !== this.state.song?.id) this.load(song);
    const current = this.state.song;
    if (!current) return;
    const from = atSeconds ?? this.position();
    await this.startAt(from >= current.durationSeconds - 0.05 ? 0 : from);
  }

  /** Make a song ready to begin at a moment, in silence. */
  cue(song: Playable, atSeconds: number): void {
    if (this.state.song?.id !== song.id) this.load(song);
    void this.seek(atSeconds);
  }

  pause(): void {
    this.pausedAt = this.position();
    this.request++;
    this.element.pause();
    this.deck.mixer?.stop();
    this.update({ status: "paused" });
  }

  async toggle(song?: Playable): Promise<void> {
    const other = song && song.id !== this.state.song?.id;
    if (!other && this.state.status === "playing") this.pause();
    else await this.play(song);
  }

  async seek(seconds: number): Promise<void> {
    const { song, status } = this.state;
    if (!song) return;
    const target = Math.min(Math.max(0, seconds), song.durationSeconds);
    if (status === "playing" || status === "loading") return this.startAt(target);
    this.pausedAt = target;
    if (this.state.source === "mix") this.element.currentTime = target;
    this.update({});
  }

  setLoop(loop: Loop | null): void {
    this.update({ loop });
  }

  setVolume(volume: number): void {
    this.update({ volume });
    this.output?.volume.gain.setTargetAtTime(volume, this.output.context.currentTime, 0.01);
  }

  /** Touching a track moves the sound from the finished mix to the stems, at the same place. */
  async setStrip(trackId: string, change: Partial<Strip>): Promise<void> {
    const strip = { ...(this.state.strips[trackId] ?? NEUTRAL), ...change };
    const strips = { ...this.state.strips, [trackId]: strip };
    const leavesMix = this.state.source === "mix" && !isNeutral(strips);
    this.update({ strips });
    this.deck.mixer?.setStrips(strips);
    if (leavesMix) await this.changeSource("stems");
  }

  async resetStrips(): Promise<void> {
    if (this.state.song) this.update({ strips: neutralStrips(this.state.song) });
    await this.changeSource("mix");
  }

  /** Stop and forget the song, for instance because it was deleted. */
  unload(): void {
    this.pause();
    this.deck.close();
    this.pausedAt = 0;
    this.element.removeAttribute("src");
    this.update({ ...EMPTY, volume: this.state.volume });
  }

  private load(song: Playable): void {
    this.unload();
    this.element.src = song.url;
    this.update({ song, strips: neutralStrips(song) });
  }

  private async changeSource(source: PlayerState["source"]): Promise<void> {
    if (source === this.state.source) return;
    const wasPlaying = this.state.status === "playing" || this.state.status === "loading";
    this.pause();
    this.update({ source });
    if (source === "mix") this.element.currentTime = this.pausedAt;
    if (wasPlaying) await this.startAt(this.pausedAt);
  }

  private async startAt(seconds: number): Promise<void> {
    const request = ++this.request;
    this.pausedAt = seconds;
    this.update({ status: "loading", error: null });
    try {
      const { context } = this.connect();
      await context.resume();
      if (this.state.source === "mix") await this.startMix(seconds);
      else await this.startStems(seconds, request);
      if (request === this.request) this.update({ status: "playing" });
    } catch (error) {
      if (request === this.request) this.fail(String(error));
    }
  }

  private async startMix(seconds: number): Promise<void> {
    this.deck.mixer?.stop();
    if (Math.abs(this.element.currentTime - seconds) > 0.01) this.element.currentTime = seconds;
    await this.element.play();
  }

  private async startStems(seconds: number, request: number): Promise<void> {
    this.element.pause();
    const { song } = this.state;
    const mixer = song && (await this.deck.prepare(song, this.connect()));
    if (!mixer || request !== this.request) return;
    mixer.setStrips(this.state.strips);
    await mixer.play(seconds);
  }

  private connect(): Output {
    this.output ??= openOutput(this.element, this.state.volume);
    return this.output;
  }

  private standing(): number {
    const live = this.state.source === "mix" && this.state.status === "playing";
    return live ? this.element.currentTime : this.pausedAt;
  }

  private watchLoop(): void {
    const { song, status, loop, source } = this.state;
    if (!song || status !== "playing") return;
    const target = loopTarget(loop, this.position());
    if (target !== null) void this.startAt(target);
    else if (source === "stems" && this.position() >= song.durationSeconds) this.reachEnd();
  }

  private reachEnd(): void {
    const { loop } = this.state;
    if (loop) return void this.startAt(loop.startSeconds);
    this.pause();
    this.pausedAt = 0;
    this.element.currentTime = 0;
    this.update({});
  }

  private fail(error: string): void {
    this.pause();
    this.update({ status: "failed", error });
  }

  private update(change: Partial<PlayerState>): void {
    this.state = { ...this.state, ...change };
    this.ticker.run(this.state.status === "playing");
    for (const listener of this.listeners) listener();
  }
}

export const player = new Player();
