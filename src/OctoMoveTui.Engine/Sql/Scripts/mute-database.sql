-- Run in the scratch database of a rehearsal, never in another: all of it or nothing, so that the copy can't act on anything outside of it.
SET XACT_ABORT ON;
BEGIN TRANSACTION;
{statements}
COMMIT TRANSACTION;
