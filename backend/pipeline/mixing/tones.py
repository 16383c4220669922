"""Targets for the long-term spectrum of a master, in octave bands.

Their base is the average of commercial recordings, which falls by about 2 dB per octave from 100 Hz
to 4 kHz and faster above (P. Pestana et al., "Spectral Characteristics of Popular Commercial
Recordings 1950-2010", AES Convention 135, 2013). Variants lean from it as their styles do; how far
is this project's own judgement. Two follow other sources:

*deep*, of music without drums made with pads: less percussion means less bass below 100 Hz and less
treble (A. Elowsson, A. Friberg, "Long-term Average Spectrum in Popular Music and its Relation to
the Level of the Percussion", AES Convention 142, 2017), and above 500 Hz a saw behind a low-pass of
12 dB per octave falls by 4 dB in the first octave and ever faster.

*chamber*, of strings, piano and winds: orchestras are strongest near 450 Hz and fall by 9 dB per
octave above, which is 6 dB in bands an octave wide (J. Sundberg, "The Acoustics of the Singing
Voice", Scientific American 236, 1977), and little of them lies below the cello's C of 65 Hz.

Which one a style aims at stands in its data (``MixStyle.tone``).
"""

Tone = tuple[float, ...]
"""Level of each octave band relative to the whole, in dB."""

#           31.5    63   125   250   500    1k    2k     4k     8k    16k
TONES: dict[str, Tone] = {
    "balanced": (-11, -4, -4, -5, -6.5, -8.5, -11, -14, -17.5, -24),
    "bright": (-11, -4, -4.5, -6, -7, -8.5, -10.5, -13, -15.5, -21),
    "warm": (-10, -3.5, -3.5, -4.5, -6.5, -9.5, -12.5, -16, -20, -27),
    "dark": (-9, -3, -3.5, -5, -7.5, -10.5, -14, -18.5, -24, -34),
    "sub": (-5.5, -2.5, -4.5, -7, -8.5, -10.5, -12.5, -14.5, -17.5, -23),
    "natural": (-16, -8, -5, -4.5, -5, -7.5, -11, -15, -20, -28),
    "deep": (-18, -8, -4.5, -4, -5.5, -9.5, -14.5, -20.5, -28, -38),
    "chamber": (-32, -17, -8, -4.5, -3.5, -7.5, -13, -19, -25.5, -35),
    "forward": (-13, -5, -4.5, -5, -6, -7.5, -9.5, -12, -16, -24),
    "scooped": (-10, -3.5, -4, -6.5, -8.5, -9, -9.5, -11.5, -15, -22),
}
