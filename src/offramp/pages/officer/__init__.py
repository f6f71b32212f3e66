"""The officer's room: the minute of diverting, one's own handoffs, and the same minute on paper."""
