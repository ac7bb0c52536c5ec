"""What Ballast's promises of speed come to on this machine, each beside its limit in the same run."""
