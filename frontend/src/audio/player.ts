import { sameBar } from "@/audio/bars";
import { type Loop, loopTarget, movedLoop } from "@/audio/clock";
import type { Playable, PlayerState } from "@/audio/playerState";
import { EMPTY, isMoving, neutralStrips } from "@/audio/playerState";
import { Sound } from "@/audio/sound";
import { Store } from "@/audio/store";
import { isNeutral, NEUTRAL, type Strip } from "@/audio/strip";
import { Ticker } from "@/audio/ticker";
import { Touched } from "@/audio/touched";

/** The one player of the studio: a song goes on while its listener moves between pages. */
export class Player extends Store<PlayerState> {
  private readonly sound = new Sound({
    onEnd: () => this.reachEnd(),
    onFailure: (message) => this.fail(message),
  });
  private readonly ticker = new Ticker(() => this.watchLoop());
  private pausedAt = 0;
  private request = 0;
  private coming: Playable | null = null;
  private readonly touched = new Touched();

  constructor() {
    super(EMPTY);
  }

  position = (): number => {
    const { song, status, source } = this.state;
    if (!song) return 0;
    const running = status === "playing" ? this.sound.position(source) : null;
    return Math.min(running ?? this.pausedAt, song.durationSeconds);
  };

  /** Listen to the mix (no id) or to one track while stems play. */
  analyser = (trackId?: string): AnalyserNode | undefined => this.sound.analyser(trackId);

  async play(song?: Playable, atSeconds?: number): Promise<void> {
    if (song && song.id !== this.state.song?.id) this.load(song);
    else if (song && song.takeId !== this.state.song?.takeId) await this.switchTo(song);
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
    this.sound.stop();
    this.update({ status: "paused" });
  }

  async toggle(song?: Playable): Promise<void> {
    const other = song && song.id !== this.state.song?.id;
    if (!other && this.state.status === "playing") this.pause();
    else await this.play(song);
  }

  async seek(seconds: number): Promise<void> {
    const { song } = this.state;
    if (!song) return;
    const target = Math.min(Math.max(0, seconds), song.durationSeconds);
    if (isMoving(this.state)) return this.startAt(target);
    this.pausedAt = target;
    if (this.state.source === "mix") this.sound.mix.seek(target);
    this.update({});
  }

  /** Another take of the song goes on at the same bar; without a gap while finished mixes sound. */
  async switchTo(take: Playable): Promise<void> {
    const { song, status, source } = this.state;
    if (!song) return;
    this.coming = take;
    const target = (seconds: number) => sameBar(song.form ?? [], take.form ?? [], seconds);
    if (status === "playing" && source === "mix" && this.touched.of(take).neutral) {
      const request = ++this.request;
      const wanted = () => request === this.request && this.coming === take;
      if (await this.sound.replace(take, target, wanted)) return this.become(take, target);
      if (this.coming !== take) return;
    }
    const moving = isMoving(this.state);
    const at = target(this.position());
    this.pause();
    this.sound.load(take);
    this.become(take, target);
    await (moving ? this.startAt(at) : this.seek(at));
  }

  setLevel(gainDb: number): void {
    this.sound.mix.setLevel(gainDb);
  }

  setLoop(loop: Loop | null): void {
    this.update({ loop });
  }

  setVolume(volume: number): void {
    this.update({ volume });
    this.sound.setVolume(volume);
  }

  /** Touching a track moves the sound from the finished mix to the stems, at the same place. */
  async setStrip(trackId: string, change: Partial<Strip>): Promise<void> {
    const { song } = this.state;
    if (!song) return;
    const strip = { ...(this.state.strips[trackId] ?? NEUTRAL), ...change };
    const strips = { ...this.state.strips, [trackId]: strip };
    const leavesMix = this.state.source === "mix" && !isNeutral(strips, neutralStrips(song));
    this.update({ strips });
    this.sound.setStrips(strips);
    if (leavesMix) await this.changeSource("stems");
  }

  async resetStrips(): Promise<void> {
    if (this.state.song) this.update({ strips: neutralStrips(this.state.song) });
    await this.changeSource("mix");
  }

  /** Stop and forget the song, for instance because it was deleted. */
  unload(): void {
    this.pause();
    this.pausedAt = 0;
    this.coming = null;
    this.touched.clear();
    this.sound.unload();
    this.update({ ...EMPTY, volume: this.state.volume });
  }

  private load(song: Playable): void {
    this.unload();
    this.sound.load(song);
    this.update({ song, strips: neutralStrips(song) });
  }

  private become(take: Playable, target: (seconds: number) => number): void {
    const { song, strips, loop } = this.state;
    if (song) this.touched.keep(song, strips);
    const { strips: own, neutral } = this.touched.of(take);
    this.sound.closeStems();
    const source = neutral ? "mix" : "stems";
    this.update({ song: take, strips: own, source, loop: loop && movedLoop(loop, target) });
  }

  private async changeSource(source: PlayerState["source"]): Promise<void> {
    if (source === this.state.source) return;
    const moving = isMoving(this.state);
    this.pause();
    this.update({ source });
    if (source === "mix") this.sound.mix.seek(this.pausedAt);
    if (moving) await this.startAt(this.pausedAt);
  }

  private async startAt(seconds: number): Promise<void> {
    const request = ++this.request;
    this.pausedAt = seconds;
    this.update({ status: "loading", error: null });
    const wanted = () => request === this.request;
    try {
      await this.sound.start(this.state, seconds, wanted);
      if (wanted()) this.update({ status: "playing" });
    } catch (error) {
      if (wanted()) this.fail(String(error));
    }
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
    void this.seek(0);
  }

  private fail(error: string): void {
    this.pause();
    this.update({ status: "failed", error });
  }

  protected override update(change: Partial<PlayerState>): void {
    super.update(change);
    this.ticker.run(this.state.status === "playing");
  }
}

export const player = new Player();
