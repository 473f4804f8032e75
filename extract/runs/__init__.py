"""Many reports: which there are, the processes that read them, the list of those that failed."""
