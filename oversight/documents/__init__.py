"""Making documents that come out the same, byte for byte, and run nothing that people wrote."""
