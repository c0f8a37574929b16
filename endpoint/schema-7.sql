-- Migration 7. How long a laptop may be without contact, and the counter of commits that each laptop named last.

CREATE TABLE lease_term (
  municipality text NOT NULL,
  -- Holds from this day (UTC) until the next one begins.
  since date NOT NULL,
  days int NOT NULL CHECK (days BETWEEN 1 AND 30),
  noted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (municipality, since)
);
GRANT SELECT ON lease_term TO :app;
ALTER TABLE lease_term ENABLE ROW LEVEL SECURITY;
ALTER TABLE lease_term FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON lease_term FOR SELECT USING (municipality = context('municipality'));
CREATE POLICY keep ON lease_term TO CURRENT_USER USING (context('task') = 'keep') WITH CHECK (true);

ALTER TABLE device ADD COLUMN vault_counter bigint NOT NULL DEFAULT 0;
GRANT UPDATE (vault_counter) ON device TO :app;
