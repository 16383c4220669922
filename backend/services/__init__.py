"""What the product can do: plain async functions over database, queue, bus and storage."""
