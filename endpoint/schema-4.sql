-- Migration 4. Erasure: values and salts go, what proves them stays.

CREATE TABLE erasure (
  id text PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  t text NOT NULL,
  record bytea NOT NULL,
  -- '_erased': the whole record.
  f text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- Whether the files outside the database were rewritten as well.
  files_done boolean NOT NULL DEFAULT false
);
CREATE INDEX erasure_of_record ON erasure (record, t);

-- What a person asked for at the command line; the running endpoint does it, being the only writer.
CREATE TABLE erasure_request (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  municipality text NOT NULL,
  t text NOT NULL,
  record bytea NOT NULL,
  f text NOT NULL,
  reason text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  operations bigint NOT NULL DEFAULT 0
);

-- The one thing that may change in what was received: that a value is no longer there.
GRANT UPDATE (body) ON op TO :app;
GRANT UPDATE (bytes) ON frame TO :app;
GRANT UPDATE (bytes), DELETE ON quarantine TO :app;
GRANT SELECT, INSERT, UPDATE ON erasure TO :app;
GRANT SELECT, UPDATE ON erasure_request TO :app;

ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON erasure USING (context('task') = 'ingest' AND municipality = context('municipality'));
-- What is left to do at the start says which record, and nothing of what it held.
CREATE POLICY unfinished ON erasure FOR SELECT USING (context('task') = 'identify');
CREATE POLICY keep ON erasure FOR SELECT TO CURRENT_USER USING (context('task') = 'keep');
