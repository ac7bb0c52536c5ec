"""The way out, for whatever somebody's configuration names: checked addresses only, bounded in time and size."""
