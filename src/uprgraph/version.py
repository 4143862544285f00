"""The version of UPR Graph, which stands here and nowhere else."""

__version__ = "0.1.0"
