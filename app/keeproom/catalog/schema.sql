CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE asset (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uuid CHAR(32) NOT NULL, 
	blob_id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	name VARCHAR NOT NULL, 
	name_bytes BLOB, 
	title VARCHAR, 
	description VARCHAR, 
	rating INTEGER DEFAULT 0 NOT NULL, 
	label VARCHAR, 
	flag VARCHAR, 
	captured TEXT, 
	captured_offset INTEGER, 
	creator VARCHAR, 
	place VARCHAR, 
	imported_at BIGINT NOT NULL, 
	trashed_at BIGINT, 
	revision INTEGER NOT NULL, name_key VARCHAR DEFAULT '' NOT NULL, rotation INTEGER DEFAULT 0 NOT NULL, stack_place INTEGER DEFAULT 0 NOT NULL, stack_id INTEGER CONSTRAINT fk_asset_stack_id REFERENCES stack (id), 
	CONSTRAINT fk_asset_blob_id FOREIGN KEY(blob_id) REFERENCES blob (id), 
	CONSTRAINT fk_asset_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT uq_asset_uuid UNIQUE (uuid)
);
CREATE TABLE asset_tag (
	asset_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	CONSTRAINT pk_asset_tag PRIMARY KEY (asset_id, tag_id), 
	CONSTRAINT fk_asset_tag_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE, 
	CONSTRAINT fk_asset_tag_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
CREATE TABLE asset_text (
	asset_id INTEGER NOT NULL, 
	name VARCHAR DEFAULT '' NOT NULL, 
	title VARCHAR DEFAULT '' NOT NULL, 
	description VARCHAR DEFAULT '' NOT NULL, 
	tags VARCHAR DEFAULT '' NOT NULL, 
	folders VARCHAR DEFAULT '' NOT NULL, 
	dates VARCHAR DEFAULT '' NOT NULL, 
	details VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_asset_text PRIMARY KEY (asset_id), 
	CONSTRAINT fk_asset_text_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE
);
CREATE TABLE blob (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	mime VARCHAR NOT NULL, 
	format VARCHAR, 
	state VARCHAR DEFAULT 'ok' NOT NULL, 
	progress VARCHAR DEFAULT 'processing' NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	duration_s DOUBLE, 
	codecs VARCHAR, 
	camera VARCHAR, 
	colour INTEGER, 
	thumbnailed BOOLEAN DEFAULT 0 NOT NULL, 
	captured TEXT, 
	captured_offset INTEGER, 
	verified_at BIGINT, 
	revision INTEGER NOT NULL, lens VARCHAR, iso INTEGER, latitude DOUBLE, longitude DOUBLE, 
	CONSTRAINT pk_blob PRIMARY KEY (id), 
	CONSTRAINT uq_blob_sha256 UNIQUE (sha256)
);
CREATE TABLE blob_metadata (
	blob_id INTEGER NOT NULL, 
	tags BLOB NOT NULL, 
	CONSTRAINT pk_blob_metadata PRIMARY KEY (blob_id), 
	CONSTRAINT fk_blob_metadata_blob_id FOREIGN KEY(blob_id) REFERENCES blob (id) ON DELETE CASCADE
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	object_kind VARCHAR NOT NULL, 
	object CHAR(32) NOT NULL, 
	field VARCHAR NOT NULL, 
	old TEXT, 
	new TEXT, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE TABLE claim (
	sha256 VARCHAR(64) NOT NULL, 
	asset_id INTEGER NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (sha256), 
	CONSTRAINT fk_claim_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE
);
CREATE TABLE collection (
	id INTEGER NOT NULL, 
	uuid CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	"query" VARCHAR, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_collection PRIMARY KEY (id), 
	CONSTRAINT uq_collection_folded UNIQUE (folded), 
	CONSTRAINT uq_collection_uuid UNIQUE (uuid)
);
CREATE TABLE collection_asset (
	collection_id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	position DOUBLE NOT NULL, 
	CONSTRAINT pk_collection_asset PRIMARY KEY (collection_id, asset_id), 
	CONSTRAINT fk_collection_asset_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE, 
	CONSTRAINT fk_collection_asset_collection_id FOREIGN KEY(collection_id) REFERENCES collection (id) ON DELETE CASCADE
);
CREATE TABLE entry (
	id INTEGER NOT NULL, 
	uuid CHAR(32) NOT NULL, 
	at BIGINT NOT NULL, 
	ended_at BIGINT, 
	device CHAR(32) NOT NULL, 
	sequence INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	undoes INTEGER, 
	CONSTRAINT pk_entry PRIMARY KEY (id), 
	CONSTRAINT fk_entry_undoes FOREIGN KEY(undoes) REFERENCES entry (id), 
	CONSTRAINT uq_entry_uuid UNIQUE (uuid)
);
CREATE TABLE folder (
	id INTEGER NOT NULL, 
	path_bytes BLOB NOT NULL, 
	path VARCHAR NOT NULL, 
	CONSTRAINT pk_folder PRIMARY KEY (id), 
	CONSTRAINT uq_folder_path_bytes UNIQUE (path_bytes)
);
CREATE TABLE import (
	entry_id INTEGER NOT NULL, 
	roots BLOB NOT NULL, 
	move BOOLEAN DEFAULT 0 NOT NULL, 
	separate BOOLEAN DEFAULT 0 NOT NULL, 
	resumes BOOLEAN DEFAULT 0 NOT NULL, 
	state VARCHAR NOT NULL, 
	process VARCHAR, 
	size_bytes INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_import PRIMARY KEY (entry_id), 
	CONSTRAINT fk_import_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE TABLE import_item (
	id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	path_bytes BLOB NOT NULL, 
	path VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	asset_id INTEGER, 
	sha256 VARCHAR(64), 
	size_bytes INTEGER NOT NULL, 
	reason_code VARCHAR, 
	reason VARCHAR, stamp VARCHAR, 
	CONSTRAINT pk_import_item PRIMARY KEY (id), 
	CONSTRAINT fk_import_item_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE SET NULL, 
	CONSTRAINT fk_import_item_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE TABLE job (
	id INTEGER NOT NULL, 
	blob_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	due_at BIGINT NOT NULL, 
	worker VARCHAR, 
	leased_until BIGINT, 
	tool VARCHAR, 
	error VARCHAR, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_job PRIMARY KEY (id), 
	CONSTRAINT fk_job_blob_id FOREIGN KEY(blob_id) REFERENCES blob (id) ON DELETE CASCADE, 
	CONSTRAINT uq_job_blob_id_stage UNIQUE (blob_id, stage)
);
CREATE TABLE sidecar (
	asset_id INTEGER NOT NULL, 
	path_bytes BLOB NOT NULL, 
	path VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_sidecar PRIMARY KEY (asset_id), 
	CONSTRAINT fk_sidecar_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE
);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	path_bytes BLOB NOT NULL, 
	path VARCHAR NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	modified_ns INTEGER NOT NULL, folder_id INTEGER CONSTRAINT fk_source_folder_id REFERENCES folder (id), 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT fk_source_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE, 
	CONSTRAINT fk_source_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id), 
	CONSTRAINT uq_source_asset_id_path_bytes UNIQUE (asset_id, path_bytes)
);
CREATE TABLE stack (
	id INTEGER NOT NULL, 
	uuid CHAR(32) NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_stack PRIMARY KEY (id), 
	CONSTRAINT uq_stack_uuid UNIQUE (uuid)
);
CREATE TABLE state (
	id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	device CHAR(32) NOT NULL, 
	sequence INTEGER NOT NULL, 
	paused BOOLEAN DEFAULT 0 NOT NULL, words_version INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_state PRIMARY KEY (id), 
	CONSTRAINT ck_state_single CHECK (id = 1)
);
CREATE TABLE tag (
	id INTEGER NOT NULL, 
	uuid CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_tag PRIMARY KEY (id), 
	CONSTRAINT uq_tag_folded UNIQUE (folded), 
	CONSTRAINT uq_tag_uuid UNIQUE (uuid)
);
CREATE TABLE tombstone (
	id INTEGER NOT NULL, 
	"table" VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_tombstone PRIMARY KEY (id)
);
CREATE TABLE version (
	asset_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	blob_id INTEGER NOT NULL, 
	CONSTRAINT pk_version PRIMARY KEY (asset_id, number), 
	CONSTRAINT fk_version_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id) ON DELETE CASCADE, 
	CONSTRAINT fk_version_blob_id FOREIGN KEY(blob_id) REFERENCES blob (id), 
	CONSTRAINT fk_version_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);
CREATE VIRTUAL TABLE asset_words USING fts5(name, title, description, tags, folders, dates, details, content='asset_text', content_rowid='asset_id', tokenize='unicode61 remove_diacritics 2', detail=column, prefix='1 2 3');
CREATE INDEX ix_asset_blob ON asset (blob_id);
CREATE INDEX ix_asset_captured ON asset (captured, id) WHERE trashed_at IS NULL;
CREATE INDEX ix_asset_entry ON asset (entry_id);
CREATE INDEX ix_asset_living ON asset (id) WHERE trashed_at IS NULL;
CREATE INDEX ix_asset_name ON asset (name_key, id) WHERE trashed_at IS NULL;
CREATE INDEX ix_asset_rating ON asset (rating, id) WHERE trashed_at IS NULL;
CREATE INDEX ix_asset_revision ON asset (revision);
CREATE INDEX ix_asset_stack ON asset (stack_id) WHERE stack_id IS NOT NULL;
CREATE INDEX ix_asset_tag_tag ON asset_tag (tag_id, asset_id);
CREATE INDEX ix_blob_camera ON blob (camera) WHERE camera IS NOT NULL;
CREATE INDEX ix_blob_lens ON blob (lens) WHERE lens IS NOT NULL;
CREATE INDEX ix_blob_revision ON blob (revision);
CREATE INDEX ix_blob_size ON blob (size_bytes);
CREATE INDEX ix_change_entry ON change (entry_id);
CREATE INDEX ix_change_object ON change (object, id);
CREATE INDEX ix_claim_asset ON claim (asset_id);
CREATE INDEX ix_collection_asset_asset ON collection_asset (asset_id, collection_id);
CREATE INDEX ix_import_item_asset ON import_item (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX ix_import_item_entry ON import_item (entry_id, outcome);
CREATE INDEX ix_job_failed ON job (id) WHERE state = 'failed';
CREATE INDEX ix_job_open ON job (stage, due_at, id) WHERE state = 'waiting';
CREATE INDEX ix_job_running ON job (worker) WHERE state = 'running';
CREATE INDEX ix_source_folder ON source (folder_id, asset_id);
CREATE INDEX ix_tombstone_revision ON tombstone (revision);
CREATE INDEX ix_version_blob ON version (blob_id);
CREATE TRIGGER asset_text_added AFTER INSERT ON asset_text BEGIN INSERT INTO asset_words (rowid, name, title, description, tags, folders, dates, details) VALUES (new.asset_id, new.name, new.title, new.description, new.tags, new.folders, new.dates, new.details); END;
CREATE TRIGGER asset_text_changed AFTER UPDATE ON asset_text BEGIN INSERT INTO asset_words (asset_words, rowid, name, title, description, tags, folders, dates, details) VALUES ('delete', old.asset_id, old.name, old.title, old.description, old.tags, old.folders, old.dates, old.details); INSERT INTO asset_words (rowid, name, title, description, tags, folders, dates, details) VALUES (new.asset_id, new.name, new.title, new.description, new.tags, new.folders, new.dates, new.details); END;
CREATE TRIGGER asset_text_removed AFTER DELETE ON asset_text BEGIN INSERT INTO asset_words (asset_words, rowid, name, title, description, tags, folders, dates, details) VALUES ('delete', old.asset_id, old.name, old.title, old.description, old.tags, old.folders, old.dates, old.details); END;
