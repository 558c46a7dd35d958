-- Whose media set a file holds: the media name is the id of the move.
RESTORE LABELONLY FROM {devices};
