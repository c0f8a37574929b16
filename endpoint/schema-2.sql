-- Migration 2. What a verified backup covers, and what a person decides about operations that wait.

-- Up to where a backup that was read back covers a writer and a feed.
ALTER TABLE writer ADD COLUMN archived bigint NOT NULL DEFAULT 0;
ALTER TABLE feed_head ADD COLUMN archived bigint NOT NULL DEFAULT 0;

-- What a person asked for at the command line; the running endpoint does it, being the only writer.
CREATE TABLE held_request (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  outcome text NOT NULL CHECK (outcome IN ('release', 'reject')),
  whose text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  released bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0
);
CREATE TABLE held_decision (
  w bytea NOT NULL,
  n bigint NOT NULL,
  municipality text NOT NULL DEFAULT context('municipality'),
  g bigint NOT NULL,
  outcome text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (w, n)
);
CREATE INDEX op_held ON op (w, n) WHERE held IS NOT NULL;

-- Only whether an operation waits may change, never the operation.
GRANT UPDATE (held) ON op TO :app;
GRANT SELECT, UPDATE ON held_request TO :app;
GRANT SELECT, INSERT ON held_decision TO :app;

ALTER TABLE held_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON held_decision USING (context('task') = 'ingest' AND municipality = context('municipality'));
CREATE POLICY own ON held_decision FOR SELECT USING (
  context('task') = 'read' AND municipality = context('municipality')
  AND EXISTS (SELECT FROM writer WHERE writer.w = held_decision.w));

-- The owner of the tables, and nobody else, reads all of them for a backup and notes what it covers.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['invitation', 'device', 'app_user', 'seen_nonce', 'writer', 'frame', 'placement',
    'quarantine', 'feed', 'feed_head', 'op', 'held_decision'] LOOP
    EXECUTE format($policy$CREATE POLICY keep ON %I FOR SELECT TO CURRENT_USER
      USING (context('task') = 'keep')$policy$, name);
  END LOOP;
END $$;
CREATE POLICY keep_archived ON writer FOR UPDATE TO CURRENT_USER USING (context('task') = 'keep');
CREATE POLICY keep_archived ON feed_head FOR UPDATE TO CURRENT_USER USING (context('task') = 'keep');
