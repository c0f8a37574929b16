-- Migration 6. What a person decides about a laptop, and about what was put aside.

ALTER TABLE device ADD COLUMN status_at timestamptz;
-- The number under which a deposit stands in the frame journal; frames of forks and late values are not in it.
ALTER TABLE quarantine ADD COLUMN g bigint;
-- Null: waits for a person.
ALTER TABLE quarantine ADD COLUMN outcome text CHECK (outcome IN ('released', 'fork', 'rejected'));

-- What a person asked for at the command line; the running endpoint does it, being the only writer.
CREATE TABLE device_request (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  municipality text NOT NULL,
  device text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'deposit_only', 'revoked', 'wipe')),
  reason text CHECK (reason IN ('returned', 'stolen')),
  asked_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
CREATE TABLE quarantine_request (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  municipality text NOT NULL,
  device text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('release', 'reject')),
  -- A person decides about what was seen, not about what comes while the request waits.
  up_to bigint NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  released bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0
);

GRANT UPDATE (status, reason, status_at) ON device TO :app;
GRANT UPDATE (outcome) ON quarantine TO :app;
GRANT SELECT, UPDATE ON device_request, quarantine_request TO :app;

CREATE POLICY set_status ON device FOR UPDATE USING (
  context('task') = 'ingest' AND id = context('device') AND municipality = context('municipality'));
