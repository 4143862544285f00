"""Tests of the transport, and the scripted server that they and others use."""
