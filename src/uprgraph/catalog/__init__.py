"""Questions as objects: reading their files, resolving what users type to terms, binding the terms."""
