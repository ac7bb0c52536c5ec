"""Redis: the queue of jobs and the newest quotes. It may be emptied at any moment without losing anything."""
