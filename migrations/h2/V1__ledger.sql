-- The ledger itself. Rows are only ever inserted. The unique constraint is the only index beside the primary key: every
-- other question is asked within one stream, and each index more is written again with every commit.
CREATE TABLE event (
    global_index BIGINT PRIMARY KEY,          -- from 1, without gaps, in the order of the commits
    stream VARCHAR(300) NOT NULL,
    sequence BIGINT NOT NULL,                 -- from 0, without gaps, within the stream
    event_id VARCHAR(36) NOT NULL,
    kind VARCHAR(64) NOT NULL,
    revision INTEGER NOT NULL,
    occurred_at VARCHAR(35) NOT NULL,         -- ISO-8601 in UTC with nine digits, so that text order is time order
    payload VARBINARY(1048576) NOT NULL,
    metadata VARBINARY(1048576) NOT NULL,
    device VARCHAR,                           -- from here to host: copies out of the payload, to search by
    operation VARCHAR,
    actor VARCHAR,
    host VARCHAR,
    hash BINARY(32) NOT NULL,                 -- over the row and the hash of the stream's previous row
    CONSTRAINT event_stream_sequence UNIQUE (stream, sequence)
);

-- One row for each sync: what was durable then. Rows are only ever inserted.
CREATE TABLE seal (
    number BIGINT PRIMARY KEY,                -- from 1, without gaps
    last_index BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    sealed_at VARCHAR(35) NOT NULL,
    hash BINARY(32) NOT NULL
);

-- Everything below can be made again from the events.

CREATE TABLE snapshot (
    stream VARCHAR(300) NOT NULL,
    sequence BIGINT NOT NULL,                 -- of the last event that is folded in
    position BIGINT NOT NULL,                 -- that event's global index
    state VARBINARY(1048576) NOT NULL,
    PRIMARY KEY (stream, sequence)
);

CREATE TABLE token (
    processor_name VARCHAR(255) NOT NULL,
    segment INTEGER NOT NULL,
    token VARBINARY(10000),
    token_type VARCHAR(255),
    updated_at VARCHAR(35),
    owner VARCHAR(255),
    PRIMARY KEY (processor_name, segment)
);

CREATE TABLE configuration (
    stream VARCHAR(300) PRIMARY KEY,
    host VARCHAR,
    domid INTEGER,
    name VARCHAR,
    running BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    state VARBINARY(1048576) NOT NULL
);

CREATE TABLE operation (
    id VARCHAR(300) NOT NULL,
    stream VARCHAR(300) NOT NULL,
    device VARCHAR NOT NULL,
    direction VARCHAR(16) NOT NULL,
    origin VARCHAR(16) NOT NULL,
    actor VARCHAR,
    outcome VARCHAR(16) NOT NULL,
    step VARCHAR(64) NOT NULL,
    started_at VARCHAR(35) NOT NULL,
    ended_at VARCHAR(35),
    reason VARCHAR,
    position BIGINT NOT NULL,
    PRIMARY KEY (id, stream)
);

-- What this store is; its key makes the fingerprints of secrets and never leaves it.
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    store_id UUID NOT NULL,
    secret_key BINARY(32) NOT NULL
);

INSERT INTO meta (id, schema_version, store_id, secret_key) VALUES (1, 1, RANDOM_UUID(), SECURE_RAND(32));
