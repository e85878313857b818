-- Which mark the version there bears, be it by a stranger's hand who kept it: one that is back although another stood there
-- meanwhile says that somebody wrote over what he had not seen.  NULL: stamp says it, or it is not known; '-': none.
ALTER TABLE sync_version ADD COLUMN mark TEXT;
