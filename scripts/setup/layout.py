"""Where things lie in a clone."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
LOG = ROOT / ".data" / "setup.log"
