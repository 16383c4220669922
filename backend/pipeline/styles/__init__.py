"""What a genre is made of, as data: form, harmony, grooves, instruments, sound."""

from backend.pipeline.styles.library import all_styles, style
from backend.pipeline.styles.model import Style

__all__ = ["Style", "all_styles", "style"]
