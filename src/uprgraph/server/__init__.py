"""The graph as a site: pages that people read, linked data and a SPARQL endpoint that machines trust."""
