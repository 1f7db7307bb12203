"""Sign-ins: who can sign in, and the links by which people choose their passwords."""
