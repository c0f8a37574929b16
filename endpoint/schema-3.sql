-- Migration 3. What a device gives back after this database was put back without its frame journal.

-- An operation that came back in a page: its writer may follow later, and only then is its place in the chain known.
ALTER TABLE op ALTER COLUMN chain DROP NOT NULL;
GRANT UPDATE (chain) ON op TO :app;
