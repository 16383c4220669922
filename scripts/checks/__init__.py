"""Every check that the project must pass, and how they are run and summed up."""
