"""Music theory without opinions: time, pitch, scales, chords, metre."""
