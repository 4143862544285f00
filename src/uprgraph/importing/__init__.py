"""Importing: from the records of readers to named graphs, validated, in N-Quads or a store on disk.

Records are spooled by review. What becomes of one review is worked out by a pure function (`convert`), which can run
in this process, in several, or on a cluster; its outputs are joined in the order of the reviews.
"""
