"""What operators see: logs, request ids, metrics, the build."""
