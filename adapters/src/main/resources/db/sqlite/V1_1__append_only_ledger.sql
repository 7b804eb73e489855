CREATE TRIGGER ledger_refuses_update BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_refuses_delete BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER ledger_refuses_replacement BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE business_key = NEW.business_key)
BEGIN
    SELECT RAISE(IGNORE);
END;
