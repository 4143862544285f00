"""Engines that answer SPARQL: embedded (pyoxigraph), rdflib, remote; all are an `engines.base.Engine`."""
