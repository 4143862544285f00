"""How each kind of server is run on a folder and a port: its command, its settings, its URLs, who may write."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .kinds import CATALOGUE, java_program
from .process import free_port

REPOSITORY = "upr"
_RDF4J_REPOSITORY = f"""\
@prefix config: <tag:rdf4j.org,2023:config/> .
[] a config:Repository ;
    config:rep.id "{REPOSITORY}" ;
    config:rep.impl [ config:rep.type "openrdf:SailRepository" ; config:sail.impl [ SAIL ] ] .
"""
_RDF4J_SAILS = {
    "native": 'config:sail.type "openrdf:NativeStore" ; config:native.tripleIndexes "spoc,posc,cspo"',
    "memory": 'config:sail.type "openrdf:MemoryStore" ; config:mem.persist true',
}
# Everyone may query; to write, and to use the graph store protocol at all, one must be the user.
_FUSEKI_SERVICE = """\
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ; fuseki:services ( <#service> ) .
<#service> a fuseki:Service ;
    fuseki:name "ds" ;
    fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "database" ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
    fuseki:endpoint [ fuseki:operation fuseki:update ; fuseki:name "update" ; fuseki:allowedUsers "USER" ] ;
    fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ; fuseki:allowedUsers "USER" ] .
"""
_VIRTUOSO_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty_buffers}
DirsAllowed = .

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 8

[SPARQL]
{limit}
"""


@dataclass(frozen=True)
class Plan:
    """How to run one server; `prepare` is called until it succeeds once the server runs, and may find all done."""

    command: list[str]
    query_url: str
    update_url: str
    graph_store_url: str
    user: str | None = None
    password: str | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    prepare: Callable[[], None] = lambda: None


def oxigraph(folder: Path, port: int) -> Plan:
    """Oxigraph: everyone may write."""
    base = f"http://127.0.0.1:{port}"
    command = [CATALOGUE["oxigraph"].program_path(), "serve", "--location", "database", "--bind", f"127.0.0.1:{port}"]
    return Plan(command, f"{base}/query", f"{base}/update", f"{base}/store")


def fuseki(folder: Path, port: int, *, heap: str = "1g", auth: Literal["basic", "digest"] = "basic") -> Plan:
    """Fuseki with TDB2: a user and a password are asked for to write, by Basic or Digest authentication."""
    kind, user, password = CATALOGUE["fuseki"], "upr", "secret"
    (folder / "config.ttl").write_text(_FUSEKI_SERVICE.replace("USER", user), encoding="utf-8")
    (folder / "passwords").write_text(f"{user}: {password}\n", encoding="utf-8")
    command = [
        *(java_program(kind.java or 0), f"-Xmx{heap}", "-jar", str(kind.file("server")), "--localhost"),
        *(f"--port={port}", "--config=config.ttl", "--passwd=passwords", f"--auth={auth}"),
    ]
    base, environment = f"http://127.0.0.1:{port}/ds", {**os.environ, "FUSEKI_BASE": str(folder / "base")}
    return Plan(command, f"{base}/query", f"{base}/update", f"{base}/data", user, password, environment)


def rdf4j(folder: Path, port: int, *, heap: str = "1g", sail: Literal["native", "memory"] = "native") -> Plan:
    """RDF4J Server with one repository, both kinds of which are kept on disk: everyone may write."""
    kind = CATALOGUE["rdf4j"]
    command = [
        *(java_program(kind.java or 0), f"-Xmx{heap}", f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'database'}"),
        *("-jar", str(kind.file("runner")), "--host", "127.0.0.1", "--port", str(port)),
        *("--path", "/rdf4j-server", str(kind.file("server"))),
    ]
    base = f"http://127.0.0.1:{port}/rdf4j-server/repositories/{REPOSITORY}"
    return Plan(
        command, base, f"{base}/statements", f"{base}/rdf-graphs/service", prepare=lambda: _make_repository(base, sail)
    )


def _make_repository(url: str, sail: str) -> None:
    repository = _RDF4J_REPOSITORY.replace("SAIL", _RDF4J_SAILS[sail]).encode()
    request = urllib.request.Request(url, repository, {"Content-Type": "text/turtle"}, method="PUT")
    try:
        urllib.request.urlopen(request, timeout=30).close()
    except urllib.error.HTTPError as error:
        if error.code != 409:  # it is there already
            raise


def virtuoso(folder: Path, port: int, *, buffers: int = 40_000, max_rows: int | None = None) -> Plan:
    """Virtuoso: dba writes, by Digest authentication. A buffer has 8 KiB; `max_rows` cuts answers off, unsaid."""
    limit = "" if max_rows is None else f"ResultSetMaxRows = {max_rows}"
    settings = _VIRTUOSO_SETTINGS.format(
        port=port, sql_port=free_port(), buffers=buffers, dirty_buffers=buffers * 3 // 4, limit=limit
    )
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    command = [CATALOGUE["virtuoso"].program_path(), "+configfile", "virtuoso.ini", "+foreground"]
    base = f"http://127.0.0.1:{port}"
    return Plan(command, f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth", "dba", "dba")


PLANS: dict[str, Callable[..., Plan]] = {"oxigraph": oxigraph, "fuseki": fuseki, "rdf4j": rdf4j, "virtuoso": virtuoso}
