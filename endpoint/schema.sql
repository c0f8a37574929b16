-- Migration 1. Run by the owner of the tables; :app is the role of the running endpoint.
-- Keys and UNIQUE say what identifies a row. No constraint here speaks about residents, beds or money: an edit made
-- offline is always kept, and what does not fit is shown to a person.

-- What a transaction may see is said by set_config(…, true) inside it; without it nothing is visible.
CREATE FUNCTION context(name text) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('onderdak.' || name, true), '') $$;
CREATE FUNCTION in_list(item text, list text) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT coalesce(item = ANY (string_to_array(list, ',')), false) $$;

CREATE TABLE server_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last_g bigint NOT NULL DEFAULT 0,
  server_key text
);
INSERT INTO server_state DEFAULT VALUES;
CREATE TABLE epoch (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  reason text NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE invitation (
  code_hash bytea PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  sites text[] NOT NULL,
  role text NOT NULL,
  compartments text[] NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by text
);
CREATE TABLE device (
  id text PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  public_key bytea NOT NULL,
  status text NOT NULL DEFAULT 'active',
  reason text,
  protection text NOT NULL,
  disk_encryption text NOT NULL,
  enrolled_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE app_user (
  device text NOT NULL REFERENCES device,
  id text NOT NULL,
  municipality text NOT NULL DEFAULT context('municipality'),
  label text NOT NULL,
  role text NOT NULL,
  compartments text[] NOT NULL,
  sites text[] NOT NULL,
  PRIMARY KEY (device, id)
);
CREATE TABLE seen_nonce (
  device text NOT NULL,
  nonce text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device, nonce)
);

CREATE TABLE writer (
  w bytea PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  device text NOT NULL,
  user_id text NOT NULL,
  c text NOT NULL,
  have_n bigint NOT NULL,
  head bytea NOT NULL
);
CREATE TABLE frame (
  g bigint PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  device text NOT NULL,
  w bytea NOT NULL,
  from_n bigint NOT NULL,
  to_n bigint NOT NULL,
  bytes bytea NOT NULL,
  recv_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE op (
  w bytea NOT NULL,
  n bigint NOT NULL,
  municipality text NOT NULL DEFAULT context('municipality'),
  g bigint NOT NULL,
  c text NOT NULL,
  t text NOT NULL,
  id bytea NOT NULL,
  f text NOT NULL,
  user_id text NOT NULL,
  leaf bytea NOT NULL,
  chain bytea NOT NULL,
  body bytea NOT NULL,
  held text,
  PRIMARY KEY (w, n)
);
CREATE INDEX op_of_record ON op (id, t, c, g, n);
CREATE TABLE placement (
  municipality text NOT NULL DEFAULT context('municipality'),
  t text NOT NULL,
  id bytea NOT NULL,
  site text NOT NULL,
  from_g bigint NOT NULL,
  to_g bigint
);
CREATE INDEX placement_of_record ON placement (id, t) WHERE to_g IS NULL;
CREATE TABLE feed_head (
  municipality text NOT NULL DEFAULT context('municipality'),
  site text NOT NULL,
  c text NOT NULL,
  pos bigint NOT NULL,
  h bytea NOT NULL,
  PRIMARY KEY (municipality, site, c)
);
CREATE TABLE feed (
  municipality text NOT NULL DEFAULT context('municipality'),
  site text NOT NULL,
  c text NOT NULL,
  pos bigint NOT NULL,
  kind text NOT NULL,
  t text NOT NULL,
  id bytea NOT NULL,
  w bytea,
  n bigint,
  h bytea NOT NULL,
  PRIMARY KEY (municipality, site, c, pos)
);
CREATE INDEX feed_of_op ON feed (w, n);
CREATE TABLE quarantine (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  municipality text NOT NULL DEFAULT context('municipality'),
  device text NOT NULL,
  why text NOT NULL,
  bytes bytea NOT NULL,
  recv_at timestamptz NOT NULL DEFAULT now()
);

-- Who may do what with a table, row security aside. Nothing that was received is ever changed or deleted by the app.
GRANT SELECT, UPDATE ON server_state TO :app;
GRANT SELECT, INSERT ON epoch, device, app_user, frame, op, feed, quarantine TO :app;
GRANT SELECT, INSERT, UPDATE ON invitation, writer, feed_head, placement TO :app;
GRANT SELECT, INSERT, DELETE ON seen_nonce TO :app;

-- invitation: found by its code only. device: found by its id, or made while enrolling.
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY by_code ON invitation FOR SELECT USING (encode(code_hash, 'hex') = context('code'));
CREATE POLICY use_code ON invitation FOR UPDATE USING (encode(code_hash, 'hex') = context('code'));
CREATE POLICY invite ON invitation FOR INSERT
  WITH CHECK (context('task') = 'invite' AND municipality = context('municipality'));

ALTER TABLE device ENABLE ROW LEVEL SECURITY;
ALTER TABLE device FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON device FOR SELECT USING (id = context('device'));
CREATE POLICY enrol ON device FOR INSERT WITH CHECK (
  context('task') = 'enrol' AND id = context('device') AND municipality = context('municipality'));

ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app_user FOR SELECT USING (device = context('device'));
CREATE POLICY enrol ON app_user FOR INSERT WITH CHECK (
  context('task') = 'enrol' AND device = context('device') AND municipality = context('municipality'));

ALTER TABLE seen_nonce ENABLE ROW LEVEL SECURITY;
ALTER TABLE seen_nonce FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON seen_nonce USING (device = context('device'));

-- Contents: everything of the municipality while a frame is taken in; otherwise what the reader's sites and
-- compartments cover.
ALTER TABLE writer ENABLE ROW LEVEL SECURITY;
ALTER TABLE writer FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON writer USING (context('task') = 'ingest' AND municipality = context('municipality'));
CREATE POLICY own ON writer FOR SELECT USING (
  context('task') = 'read' AND municipality = context('municipality') AND device = context('device'));

ALTER TABLE frame ENABLE ROW LEVEL SECURITY;
ALTER TABLE frame FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON frame USING (context('task') = 'ingest' AND municipality = context('municipality'));

ALTER TABLE placement ENABLE ROW LEVEL SECURITY;
ALTER TABLE placement FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON placement USING (context('task') = 'ingest' AND municipality = context('municipality'));

ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE quarantine FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON quarantine USING (context('task') = 'ingest' AND municipality = context('municipality'));

ALTER TABLE feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE feed FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON feed USING (context('task') = 'ingest' AND municipality = context('municipality'));
CREATE POLICY scope ON feed FOR SELECT USING (
  context('task') = 'read' AND municipality = context('municipality') AND in_list(c, context('compartments'))
  AND (site = 'shared' OR context('sites') = '*' OR in_list(site, context('sites'))));

ALTER TABLE feed_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE feed_head FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON feed_head USING (context('task') = 'ingest' AND municipality = context('municipality'));
CREATE POLICY scope ON feed_head FOR SELECT USING (
  context('task') = 'read' AND municipality = context('municipality') AND in_list(c, context('compartments'))
  AND (site = 'shared' OR context('sites') = '*' OR in_list(site, context('sites'))));

-- An operation can be read through a feed the reader may see (row security of feed applies in here as well), and of
-- one's own writers: hello compares their chain.
ALTER TABLE op ENABLE ROW LEVEL SECURITY;
ALTER TABLE op FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON op USING (context('task') = 'ingest' AND municipality = context('municipality'));
CREATE POLICY scope ON op FOR SELECT USING (
  context('task') = 'read' AND municipality = context('municipality')
  AND (EXISTS (SELECT FROM feed WHERE feed.w = op.w AND feed.n = op.n)
    OR EXISTS (SELECT FROM writer WHERE writer.w = op.w)));
