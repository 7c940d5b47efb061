"""Every command of `kawal`: its name, where it is, and its line in `kawal --help`.

A command's module is imported only when it is called, so that a worker starts without loading the web.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A command or group of commands: `attribute` of `module` is a click command."""

    name: str
    module: str
    attribute: str
    help: str


COMMANDS = (
    Entry("up", "service.cli.up", "up", "Run everything: Valkey, web, workers and clock; restart what dies."),
    Entry("web", "service.cli.web", "web", "Run the web process alone."),
    Entry("worker", "service.cli.processes", "worker", "Run one worker process alone."),
    Entry("clock", "service.cli.processes", "clock", "Run the clock process alone."),
    Entry("demo", "service.cli.demo", "demo", "Play the demo's story, move its clock."),
    Entry("definition", "service.cli.definition", "definition", "Look at workflows; install a version, go over to it."),
    Entry("replay", "service.cli.replay", "replay", "Print a commitment's state and story, now or at a past."),
    Entry("why", "service.cli.why", "why", "Tell why a commitment doesn't go on, and who can change that."),
    Entry("simulate", "service.cli.simulate", "simulate", "Suppose commands from a file; nothing is written."),
    Entry("verify", "service.cli.verify", "verify", "Compare every read model with the whole log."),
    Entry("rebuild", "service.cli.rebuild", "rebuild", "Build read models anew from the log."),
    Entry("check-clock", "service.cli.clock_check", "check_clock", "Compare this machine's time with the log's."),
    Entry(
        "accept-clock", "service.cli.clock_check", "accept_clock", "Accept this machine's time, as a fact in the log."
    ),
    Entry("migrate", "service.cli.migrate", "migrate", "Make or upgrade the database."),
    Entry("init", "service.cli.init", "init", "Make the first administrator and a one-time sign-in link."),
    Entry("programme", "service.cli.programmes", "programme", "A programme's seats; spread a plan to further parties."),
    Entry("office", "service.cli.offices", "office", "Organisations, offices, who holds them, grants."),
    Entry("delegation", "service.cli.delegations", "delegation", "What authority offices gave one another; revoke it."),
    Entry("calendar", "service.cli.calendar", "calendar", "Working calendars: list them, make one reach further."),
    Entry("import", "service.cli.imports", "imports", "Bring in a programme, action plans or persons from files."),
    Entry("person", "service.cli.persons", "person", "Who can sign in: add, password, link, list."),
    Entry("token", "service.cli.tokens", "token", "Bearer tokens for programs: issue, list, revoke."),
    Entry("ready", "service.cli.ready", "ready", "Tell what is behind, halted, silent or away."),
    Entry("alive", "service.cli.alive", "alive", "Tell whether the web, worker or clock of this host works."),
    Entry("docs", "service.cli.docs", "docs", "Write the generated pages of docs/ anew, or check them."),
    Entry("notices", "service.cli.notices", "notices", "Show what was sent, what waits and what was given up."),
    Entry("valkey", "service.cli.processes", "valkey", "Run the embedded Valkey alone."),
)
"""In the order of `kawal --help`."""
