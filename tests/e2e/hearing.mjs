// What sounds, and what the files hold, measured in the page.

/**
 * In the page: find what sounds now in the sum of these files, at one common moment from..until (seconds).
 *
 * Returns how alike both are (1: the same wave), with what gain it is played, and how loud the whole
 * stretch is with that gain; decibels. The moment is found by cross-correlation, so that it does
 * not matter when one listens.
 */
const hear = async ({ urls, from, until }) => {
  const heard = window.heard().slice(-8_192);
  const context = new OfflineAudioContext(1, 1, 44_100);
  const files = await Promise.all(
    urls.map(async (url) => context.decodeAudioData(await (await fetch(url)).arrayBuffer())),
  );
  const start = Math.floor(from * 44_100);
  const length = Math.floor((until - from) * 44_100);
  const sum = new Float32Array(length);
  for (const file of files) {
    const sides = [0, 1].map((i) => file.getChannelData(Math.min(i, file.numberOfChannels - 1)));
    for (let i = 0; i < length; i++) {
      sum[i] += ((sides[0][start + i] ?? 0) + (sides[1][start + i] ?? 0)) / 2;
    }
  }
  const power = (samples) => samples.reduce((total, sample) => total + sample ** 2, 0);
  const heardPower = power(heard);
  let best = { likeness: 0, gain: 0 };
  for (let lag = 0; lag + heard.length <= length; lag++) {
    let product = 0;
    let energy = 1e-12;
    for (let i = 0; i < heard.length; i += 4) {
      product += heard[i] * sum[lag + i];
      energy += sum[lag + i] ** 2;
    }
    const likeness = (4 * product) / Math.sqrt(heardPower * 4 * energy + 1e-12);
    if (likeness > best.likeness) best = { likeness, gain: product / energy };
  }
  const gainDb = 20 * Math.log10(best.gain + 1e-9);
  const loudnessDb = 10 * Math.log10(power(sum) / length + 1e-12) + gainDb;
  return { likeness: best.likeness, gainDb, loudnessDb };
};

/** Click where a moment of the song is, wherever the page was scrolled to. */
export const goTo = async (page, seconds) => {
  const slider = page.getByRole("slider", { name: "Position in the song" });
  const duration = Number(await slider.getAttribute("aria-valuemax"));
  const { width, height } = await slider.boundingBox();
  await slider.click({ position: { x: (width * seconds) / duration, y: height / 2 } });
};

/** Go to a moment and listen there; again, if a machine at its limits has dropped a block of samples. */
export const hearAt = async (page, seconds, what) => {
  let best = { likeness: 0 };
  for (let listens = 0; listens < 5 && best.likeness <= 0.98; listens++) {
    await goTo(page, seconds);
    await page.waitForTimeout(2_000);
    await page.waitForFunction(() => window.loudness() > 0.001);
    const now = await page.evaluate(hear, what);
    if (now.likeness > best.likeness) best = now;
  }
  return best;
};

/** For `page.evaluate`: the loudest sample of a file, how far it is from another one, and how alike, from..until in seconds. */
export const comparison = async ([url, other, from = 0, until = 1e9]) => {
  const context = new OfflineAudioContext(1, 1, 44_100);
  const decode = async (address) =>
    (await context.decodeAudioData(await (await fetch(address)).arrayBuffer())).getChannelData(0);
  const [one, two] = await Promise.all([decode(url), decode(other)]);
  let peak = 0;
  let distance = 0;
  let [product, power, otherPower] = [0, 1e-12, 1e-12];
  const last = Math.min(one.length, two.length, Math.floor(until * 44_100));
  for (let i = Math.floor(from * 44_100); i < last; i++) {
    peak = Math.max(peak, Math.abs(one[i]));
    distance = Math.max(distance, Math.abs(one[i] - two[i]));
    product += one[i] * two[i];
    power += one[i] ** 2;
    otherPower += two[i] ** 2;
  }
  return { peak, distance, likeness: product / Math.sqrt(power * otherPower) };
};

/** Where the song stands, and when that was so; seconds. */
export const moment = (page) =>
  page.evaluate(() => {
    const slider = document.querySelector("[aria-label='Position in the song']");
    const played = Number(getComputedStyle(slider.parentElement).getPropertyValue("--played"));
    return { at: played * Number(slider.ariaValueMax), clock: performance.now() / 1000 };
  });
