"""What hangs on the till by a cable: ports are Protocols, drivers stand beside them. No database, no Qt."""
