-- Targets, workers, triggers and subscriptions of a rehearsal do nothing any more.
UPDATE {table} SET IsDisabled = 1;
