-- Migration 8. A laptop that was put back from an image comes back with a new code.

CREATE POLICY come_back ON device FOR UPDATE USING (
  context('task') = 'enrol' AND id = context('device') AND reason = 'put-back')
  WITH CHECK (id = context('device') AND status = 'active');

-- The clock of the laptop when it named that counter: a question that was long under way is older than what came after it.
ALTER TABLE device ADD COLUMN counter_wall bigint NOT NULL DEFAULT 0;
GRANT UPDATE (counter_wall) ON device TO :app;
