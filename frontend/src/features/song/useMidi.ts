import { useEffect, useMemo, useState } from "react";
import { type MidiTrack, readMidi } from "@/lib/smf";
import type { Track } from "./song";

export type Part = Omit<MidiTrack, "name"> & { readonly id: string; readonly name: string };

type Loaded = { readonly url: string; readonly tracks: readonly MidiTrack[] | null };

/** What every instrument plays; null until the file is here, empty when it cannot be read. */
export const useMidi = (
  url: string | null | undefined,
  tracks: readonly Track[],
): readonly Part[] | null => {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    if (!url) return;
    const abort = new AbortController();
    fetch(url, { signal: abort.signal })
      .then(async (answer) => readMidi(await answer.arrayBuffer()))
      .then((read) => setLoaded({ url, tracks: read }))
      .catch(() => !abort.signal.aborted && setLoaded({ url, tracks: null }));
    return () => abort.abort();
  }, [url]);
  return useMemo(
    () => (loaded && loaded.url === url ? partsOf(loaded.tracks ?? [], tracks) : null),
    [loaded, url, tracks],
  );
};

/** The file's first track holds the tempo; the others follow in the order of the instruments. */
export const partsOf = (
  read: readonly MidiTrack[],
  tracks: readonly { id: string; name: string }[],
): Part[] =>
  tracks.flatMap(({ id, name }, index) => {
    const midi = read[index + 1];
    return midi ? [{ ...midi, id, name }] : [];
  });
