"""The network in torch: what trains. The product runs the same sums in numpy."""

from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from backend.pipeline.generation.neural.vocabulary import (
    HARMONY_SIZE,
    NO_DURATION,
    REST,
    SLOTS,
)

WIDTHS = {"pitch": 32, "duration": 16, "position": 24}
OTHER_WIDTH = 8
PITCH_TOKENS = REST + 1


class MelodyNet(nn.Module):
    """p(duration | past, conditions) · p(pitch | duration, past, conditions).

    Parameters
    ----------
    hidden : int
        Units of the recurrent layer (GRU; Cho et al., EMNLP 2014).
    dropout : float
        Share of units silenced before each output layer; half of it before the recurrent one.
    """

    def __init__(self, hidden: int, dropout: float) -> None:
        super().__init__()
        self.embeddings = nn.ModuleDict(
            {slot.kind: nn.Embedding(slot.size, _width(slot.kind)) for slot in SLOTS}
        )
        width = sum(_width(slot.kind) for slot in SLOTS)
        self.entry = nn.Linear(width + HARMONY_SIZE, hidden)
        self.recurrent = nn.GRU(hidden, hidden, batch_first=True)
        self.silence_entry = nn.Dropout(dropout / 2)
        self.silence = nn.Dropout(dropout)
        self.duration_hidden = nn.Linear(2 * hidden, hidden // 2)
        self.duration_out = nn.Linear(hidden // 2, NO_DURATION)
        self.duration_given = nn.Embedding(NO_DURATION, hidden)
        self.pitch_hidden = nn.Linear(2 * hidden, hidden)
        self.pitch_out = nn.Linear(hidden, PITCH_TOKENS)

    def forward(
        self, features: Tensor, harmony: Tensor, durations: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the scores of durations and of pitches, given the true durations.

        Parameters
        ----------
        features, harmony, durations : Tensor
            Shapes (tunes, events, 27), (tunes, events, 60) and (tunes, events).

        Returns
        -------
        Tensor, Tensor
            Shapes (tunes, events, 16) and (tunes, events, 49).
        """
        parts = [self.embeddings[slot.kind](features[..., i]) for i, slot in enumerate(SLOTS)]
        entry = torch.relu(self.entry(torch.cat([*parts, harmony], dim=-1)))
        memory, _ = self.recurrent(self.silence_entry(entry))
        state = self.silence(torch.cat([memory, entry], dim=-1))
        duration = torch.relu(self.duration_hidden(state))
        pitch = torch.relu(self.pitch_hidden(state) + self.duration_given(durations))
        return self.duration_out(self.silence(duration)), self.pitch_out(self.silence(pitch))


def _width(kind: str) -> int:
    return WIDTHS.get(kind, OTHER_WIDTH)


def fused(net: MelodyNet) -> dict[str, NDArray[np.float16]]:
    """Return the weights as the product reads them.

    Embeddings and entry layer are linear in a row, so each slot becomes one table from its values
    to the hidden units; ``tables`` stacks them in the order of ``SLOTS``.
    """
    state = {name: tensor.detach() for name, tensor in net.state_dict().items()}
    widths = [_width(slot.kind) for slot in SLOTS]
    ends = list(accumulate(widths))
    entry = state["entry.weight"]
    tables = [
        state[f"embeddings.{slot.kind}.weight"] @ entry[:, end - width : end].T
        for slot, width, end in zip(SLOTS, widths, ends, strict=True)
    ]
    arrays = {
        "tables": torch.cat(tables),
        "harmony": entry[:, ends[-1] :].T,
        "entry_bias": state["entry.bias"],
        "recurrent_in": state["recurrent.weight_ih_l0"].T,
        "recurrent_in_bias": state["recurrent.bias_ih_l0"],
        "recurrent_memory": state["recurrent.weight_hh_l0"].T,
        "recurrent_memory_bias": state["recurrent.bias_hh_l0"],
        "duration_given": state["duration_given.weight"],
    }
    for layer in ("duration_hidden", "duration_out", "pitch_hidden", "pitch_out"):
        arrays[layer] = state[f"{layer}.weight"].T
        arrays[f"{layer}_bias"] = state[f"{layer}.bias"]
    return {name: tensor.contiguous().numpy().astype(np.float16) for name, tensor in arrays.items()}
