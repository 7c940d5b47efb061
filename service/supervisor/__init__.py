"""`kawal up`: one command that keeps Valkey, web, workers and clock running."""

from service.supervisor.child import Program
from service.supervisor.up import AlreadyRunning, PortTaken, Supervisor, SupervisorFailed

__all__ = ["AlreadyRunning", "PortTaken", "Program", "Supervisor", "SupervisorFailed"]
