-- What the platform knows. Apply it once: psql "$DATABASE_URL" -f schema.sql

CREATE TABLE user_domains (
  id text PRIMARY KEY,
  secret text NOT NULL
);

CREATE TABLE users (
  uid text PRIMARY KEY,
  domain_id text NOT NULL REFERENCES user_domains ON DELETE CASCADE,
  may_bind boolean NOT NULL DEFAULT true,
  home_mode boolean NOT NULL DEFAULT false
);

CREATE TABLE homes (
  fid text PRIMARY KEY,
  common_list_writable boolean NOT NULL DEFAULT true
);

CREATE TABLE home_members (
  fid text REFERENCES homes ON DELETE CASCADE,
  uid text REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'ordinary')),
  PRIMARY KEY (fid, uid)
);

CREATE TABLE products (
  pk text PRIMARY KEY,
  ps text NOT NULL CHECK (octet_length(ps) = 16), -- an AES-128 key
  binding_mode text NOT NULL DEFAULT 'multi' CHECK (binding_mode IN ('multi', 'single', 'alternate')),
  open_to text NOT NULL DEFAULT 'everyone' CHECK (open_to IN ('everyone', 'listed', 'no one'))
);

-- The user domains that a product is authorised for.
CREATE TABLE product_domains (
  pk text REFERENCES products ON DELETE CASCADE,
  domain_id text REFERENCES user_domains ON DELETE CASCADE,
  PRIMARY KEY (pk, domain_id)
);

-- The users of a product that is open to listed users only.
CREATE TABLE product_users (
  pk text REFERENCES products ON DELETE CASCADE,
  uid text REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (pk, uid)
);

-- A pure-Bluetooth device may first appear here at its first bind.
CREATE TABLE devices (
  pk text REFERENCES products ON DELETE CASCADE,
  dk text,
  binding_code text NOT NULL,
  data_centre text NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  PRIMARY KEY (pk, dk)
);

-- Sharings that a user has accepted.
CREATE TABLE device_shares (
  pk text,
  dk text,
  uid text REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (pk, dk, uid),
  FOREIGN KEY (pk, dk) REFERENCES devices ON DELETE CASCADE
);

-- The primary key: a user binds a device once, however many requests arrive at the same time.
CREATE TABLE bindings (
  pk text,
  dk text,
  domain_id text REFERENCES user_domains ON DELETE CASCADE,
  uid text REFERENCES users ON DELETE CASCADE,
  exclusive boolean NOT NULL, -- in binding modes single and alternate
  secret_digest bytea NOT NULL, -- SHA-256 of the bindingSecret, which is only ever compared
  device_name text,
  capabilities smallint,
  fid text,
  frid text,
  bound_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (pk, dk, domain_id, uid),
  FOREIGN KEY (pk, dk) REFERENCES devices ON DELETE CASCADE
);

-- In binding modes single and alternate, one user of a user domain holds the device.
CREATE UNIQUE INDEX bindings_exclusive ON bindings (pk, dk, domain_id) WHERE exclusive;

CREATE TABLE common_devices (
  fid text REFERENCES homes ON DELETE CASCADE,
  pk text,
  dk text,
  PRIMARY KEY (fid, pk, dk),
  FOREIGN KEY (pk, dk) REFERENCES devices ON DELETE CASCADE
);
