"""The council's policy as pure Python: no Flask, no database, no files; the time is passed in."""
