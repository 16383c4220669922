"""The queue's edge: ARQ on one side, the services on the other, a child process for the music."""
