-- Migration 5. A mark for every moment of the history, so that a device can ask whether what it saw is still part of it.

CREATE TABLE moment (
  g bigint PRIMARY KEY,
  -- Random: an endpoint that was put back, with all its files, gives the same number another mark.
  mark text NOT NULL
);
GRANT SELECT, INSERT ON moment TO :app;
