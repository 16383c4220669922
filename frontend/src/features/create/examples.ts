/** Sentences that show what can be said: a scene, a style, an exact wish. */
export const EXAMPLES: readonly string[] = [
  "A lo-fi tune for a rainy night train, 74 BPM in D minor, with a warm electric piano",
  "Bright ukulele pop about the first day of summer, 118 BPM, with a big singalong chorus",
  "A slow waltz for solo piano and strings, wistful, ending quietly",
  "Driving synthwave for a night on the coast road, 104 BPM in A minor",
  "Late jazz trio: brushed drums, walking bass, piano in E flat, swinging at 132",
  "An epic orchestral rise that starts with one cello and ends with everyone",
  "Sunny bossa nova with nylon guitar and flute, about two minutes",
  "Heavy half-time rock in E minor with a calm bridge before the last chorus",
];

export const anotherExample = (current: string, pick: number): string => {
  const others = EXAMPLES.filter((example) => example !== current);
  return others[Math.floor(pick * others.length)] ?? "";
};
