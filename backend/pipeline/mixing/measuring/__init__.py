"""What a listener could measure on the finished audio; nothing here knows the plan."""
