-- What a model has written of the older messages of a session; empty without a model.
ALTER TABLE session_summary ADD COLUMN narrative TEXT NOT NULL DEFAULT '';
