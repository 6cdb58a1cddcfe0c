-- How a batch came about. Until now nobody noted it: what is no cloud gateway product has had registrations for the
-- most part.
ALTER TABLE batch ADD COLUMN kind TEXT NOT NULL DEFAULT 'Import';
UPDATE batch SET kind = 'Register' WHERE product IN (SELECT id FROM product WHERE auth_type <> 'one-party');

-- How many names a list has, so that nobody reads it to tell.
ALTER TABLE checked_list ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE checked_list SET size = coalesce(json_array_length(list, '$.rows'), 0);

-- An index ends with the row's id, the ApplyId: the batches of a kind from the newest on.
CREATE INDEX batch_of_account_by_kind ON batch (account, kind);
CREATE INDEX batch_of_product_by_kind ON batch (product, kind);
CREATE INDEX checked_list_of_account ON checked_list (account);

-- RAM users come and go now; the number of one that is gone is nobody else's, so that what is on its way to it finds
-- nobody. PostgreSQL draws from a sequence, and gives none twice anyway.
INSERT INTO counter VALUES ('ram user', 1);
