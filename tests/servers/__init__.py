"""Real triplestores for the tests: installed, started on a loopback port, stopped, killed and restarted."""

from .kinds import KINDS, Unavailable
from .server import Server, StartError, start

__all__ = ["KINDS", "Server", "StartError", "Unavailable", "start"]
