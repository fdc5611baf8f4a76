-- A catalog of schema version 1, as SQL: one file with a letter and a plan.
BEGIN TRANSACTION;
CREATE TABLE documents (
	document_id TEXT NOT NULL, 
	file_sha256 TEXT NOT NULL, 
	path TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	first_page INTEGER NOT NULL, 
	last_page INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT, 
	confidence FLOAT, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(file_sha256) REFERENCES files (file_sha256) ON DELETE CASCADE
);
INSERT INTO "documents" VALUES('6b86b273ff34fce1-0001','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','raw/1.pdf',1,1,1,'letter','แจ้งเวียน',0.95);
INSERT INTO "documents" VALUES('6b86b273ff34fce1-0002','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','raw/1.pdf',2,2,2,'plan','แผน',0.9);
CREATE TABLE field_evidence (
	document_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT, 
	raw TEXT, 
	page INTEGER NOT NULL, 
	x0 FLOAT, 
	y0 FLOAT, 
	x1 FLOAT, 
	y1 FLOAT, 
	confidence FLOAT, 
	rule TEXT, 
	alternatives TEXT, 
	PRIMARY KEY (document_id, ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "field_evidence" VALUES('6b86b273ff34fce1-0001',1,'number','v','r',1,0.0,0.1,9.0,9.0,0.3333,'grammar','[["w",0.1]]');
CREATE TABLE file_paths (
	path TEXT NOT NULL, 
	given TEXT NOT NULL, 
	sha256 TEXT, 
	size INTEGER, 
	mtime_ns INTEGER, 
	ctime_ns INTEGER, 
	inode INTEGER, 
	recorded_sha256 TEXT, 
	present BOOLEAN NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "file_paths" VALUES('/archive/raw/1.pdf','raw/1.pdf','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',NULL,NULL,NULL,NULL,'6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',1);
CREATE TABLE files (
	file_id TEXT NOT NULL, 
	file_sha256 TEXT, 
	path TEXT NOT NULL, 
	media_type TEXT, 
	size_bytes INTEGER, 
	pages INTEGER, 
	status TEXT NOT NULL, 
	error_code TEXT, 
	error TEXT, 
	pipeline_version TEXT NOT NULL, 
	model_version TEXT NOT NULL, 
	seconds FLOAT, 
	timings TEXT, 
	PRIMARY KEY (file_id), 
	UNIQUE (file_sha256)
);
INSERT INTO "files" VALUES('6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','raw/1.pdf','application/pdf',1,2,'done',NULL,NULL,'1','model',0.5,'{}');
CREATE TABLE ledger (
	file_id TEXT NOT NULL, 
	pipeline_version TEXT NOT NULL, 
	model_version TEXT NOT NULL, 
	status TEXT NOT NULL, 
	error_code TEXT, 
	PRIMARY KEY (file_id), 
	FOREIGN KEY(file_id) REFERENCES files (file_id) ON DELETE CASCADE
);
INSERT INTO "ledger" VALUES('6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','1','model','done',NULL);
CREATE TABLE letter_references (
	reference_id TEXT NOT NULL, 
	document_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	relation TEXT NOT NULL, 
	raw_text TEXT, 
	sender TEXT, 
	number TEXT, 
	agency_code TEXT, 
	is_circular BOOLEAN, 
	running_number INTEGER, 
	date TEXT, 
	target_document_id TEXT, 
	status TEXT NOT NULL, 
	score FLOAT, 
	evidence TEXT, 
	page INTEGER NOT NULL, 
	subject TEXT, 
	target_kind TEXT NOT NULL, 
	confidence FLOAT, 
	number_alternatives TEXT, 
	PRIMARY KEY (reference_id), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE, 
	FOREIGN KEY(target_document_id) REFERENCES documents (document_id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "letter_references" VALUES('6b86b273ff34fce1-0001-r001','6b86b273ff34fce1-0001',1,'refers_to','หนังสือ ว 0',NULL,'มท 0810.3/ว 0',NULL,NULL,0,'2020-04',NULL,'not_held',NULL,'{}',1,NULL,'letter',1.0,'[]');
CREATE TABLE letters (
	document_id TEXT NOT NULL, 
	form TEXT NOT NULL, 
	number TEXT, 
	number_raw TEXT, 
	agency_code TEXT, 
	is_circular BOOLEAN, 
	running_number INTEGER, 
	date TEXT, 
	date_raw TEXT, 
	sender TEXT, 
	sender_agency TEXT, 
	sender_address TEXT, 
	recipient TEXT, 
	subject TEXT, 
	urgency TEXT, 
	secrecy TEXT, 
	signer TEXT, 
	signer_position TEXT, 
	contact_phone TEXT, 
	confidence FLOAT, 
	needs_review BOOLEAN NOT NULL, 
	number_alternatives TEXT, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "letters" VALUES('6b86b273ff34fce1-0001','external','มท 0810.3/ว 1','มท ๐๘๑๐.๓/ว','มท 0810.3',1,1,'2021-12-07',NULL,'กรมส่งเสริมการปกครองท้องถิ่น','กรมส่งเสริมการปกครองท้องถิ่น',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.9,1,'[["มท 0810.3/ว 51",0.08]]');
CREATE TABLE pages (
	file_sha256 TEXT NOT NULL, 
	page INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	dpi INTEGER NOT NULL, 
	rotation INTEGER NOT NULL, 
	skew FLOAT, 
	text TEXT, 
	mean_confidence FLOAT, 
	PRIMARY KEY (file_sha256, page), 
	FOREIGN KEY(file_sha256) REFERENCES files (file_sha256) ON DELETE CASCADE
);
INSERT INTO "pages" VALUES('6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',1,1240,1754,150,0,0.25,'หน้า 1
	ก, ข',0.9);
INSERT INTO "pages" VALUES('6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',2,1240,1754,150,0,0.25,'หน้า 2
	ก, ข',0.9);
CREATE TABLE plan_budgets (
	plan_id TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	item_no INTEGER, 
	fiscal_year_be INTEGER, 
	amount FLOAT, 
	PRIMARY KEY (plan_id, "row", ordinal), 
	FOREIGN KEY(plan_id, "row") REFERENCES plan_items (plan_id, "row") ON DELETE CASCADE
);
INSERT INTO "plan_budgets" VALUES('6b86b273ff34fce1-0002-p01',2,1,2,2566,5.5);
INSERT INTO "plan_budgets" VALUES('6b86b273ff34fce1-0002-p01',2,2,2,2567,NULL);
CREATE TABLE plan_items (
	plan_id TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	item_no INTEGER, 
	title TEXT, 
	kind TEXT, 
	dimension INTEGER, 
	budget FLOAT, 
	q1 BOOLEAN, 
	q2 BOOLEAN, 
	q3 BOOLEAN, 
	q4 BOOLEAN, 
	note TEXT, 
	page INTEGER NOT NULL, 
	confidence FLOAT, 
	needs_review BOOLEAN NOT NULL, 
	budget_raw TEXT, 
	extra TEXT, 
	PRIMARY KEY (plan_id, "row"), 
	FOREIGN KEY(plan_id) REFERENCES plans (plan_id) ON DELETE CASCADE
);
INSERT INTO "plan_items" VALUES('6b86b273ff34fce1-0002-p01',1,1,'อบรม','โครงการ',NULL,41000.0,1,0,NULL,NULL,NULL,2,1.0,0,NULL,'{"ผู้รับผิดชอบ":"กองคลัง"}');
INSERT INTO "plan_items" VALUES('6b86b273ff34fce1-0002-p01',2,2,'ประกาศเจตนารมณ์','กิจกรรม',NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,1.0,0,NULL,'{}');
CREATE TABLE plans (
	plan_id TEXT NOT NULL, 
	document_id TEXT NOT NULL, 
	title TEXT, 
	organisation TEXT, 
	fiscal_year_be INTEGER, 
	as_of_date TEXT, 
	reporter TEXT, 
	total_budget FLOAT, 
	q1_count INTEGER, 
	q2_count INTEGER, 
	q3_count INTEGER, 
	q4_count INTEGER, 
	audit_status TEXT NOT NULL, 
	audit_note TEXT, 
	legend TEXT, 
	PRIMARY KEY (plan_id), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "plans" VALUES('6b86b273ff34fce1-0002-p01','6b86b273ff34fce1-0002','แผน','เทศบาล',2565,NULL,NULL,41000.0,NULL,NULL,NULL,NULL,'consistent','','{}');
CREATE TABLE progress (
	name TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "progress" VALUES('records',1);
CREATE TABLE review_issues (
	issue_id TEXT NOT NULL, 
	file_id TEXT NOT NULL, 
	document_id TEXT, 
	page INTEGER, 
	severity TEXT NOT NULL, 
	code TEXT NOT NULL, 
	message TEXT, 
	stage TEXT NOT NULL, 
	PRIMARY KEY (issue_id), 
	FOREIGN KEY(file_id) REFERENCES files (file_id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "review_issues" VALUES('6b86b273ff34fce1-0001-i001','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','6b86b273ff34fce1-0001',1,'warning','number_doubtful','อ่านเลขที่ไม่ชัด','reading');
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE stamps (
	document_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	office TEXT, 
	received_number TEXT, 
	received_date TEXT, 
	received_time TEXT, 
	page INTEGER NOT NULL, 
	confidence FLOAT, 
	PRIMARY KEY (document_id, ordinal), 
	FOREIGN KEY(document_id) REFERENCES documents (document_id) ON DELETE CASCADE
);
INSERT INTO "stamps" VALUES('6b86b273ff34fce1-0001',1,'อำเภอ','๕๓๕','2021-12-20','09:30',1,1.0);
CREATE INDEX ix_file_paths_sha256 ON file_paths (sha256);
CREATE INDEX ix_file_paths_recorded_sha256 ON file_paths (recorded_sha256);
CREATE INDEX ix_documents_file_sha256 ON documents (file_sha256);
CREATE INDEX ix_letters_agency_code ON letters (agency_code);
CREATE INDEX ix_letters_date ON letters (date);
CREATE INDEX ix_letter_references_document_id ON letter_references (document_id);
CREATE INDEX ix_letter_references_target_document_id ON letter_references (target_document_id);
CREATE INDEX ix_plans_document_id ON plans (document_id);
CREATE INDEX ix_review_issues_file_id ON review_issues (file_id);
CREATE INDEX ix_review_issues_document_id ON review_issues (document_id);
CREATE INDEX ix_review_issues_code ON review_issues (code);
COMMIT;
