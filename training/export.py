"""Write trained weights as the product reads them.

Usage: python -m training.export --weights FILE.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.network import MelodyNet, fused

WEIGHTS = Path("backend/pipeline/generation/neural/weights.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    np.savez_compressed(options.out, allow_pickle=False, **fused(restored(options.weights)))
    print(f"{options.out.stat().st_size / 1e6:.2f} MB")


def restored(path: Path) -> MelodyNet:
    """Read a trained network."""
    state = torch.load(path, weights_only=True)
    net = MelodyNet(state["entry.bias"].numel(), dropout=0.0)
    net.load_state_dict(state)
    net.eval()
    return net


if __name__ == "__main__":
    main()
