"""The AI Music Generation Platform: one sentence in, one finished song out."""
