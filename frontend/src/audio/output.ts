/** Stems are rendered at this rate; the same rate here keeps their pieces seamless. */
const SAMPLE_RATE = 44_100;

export type Output = {
  readonly context: AudioContext;
  readonly volume: GainNode;
  readonly analyser: AnalyserNode;
};

/** Everything that sounds passes one volume and one analyser on its way to the loudspeaker. */
export const openOutput = (gain: number): Output => {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: "playback" });
  const volume = new GainNode(context, { gain });
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  volume.connect(analyser).connect(context.destination);
  return { context, volume, analyser };
};
