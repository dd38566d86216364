-- Sessions of a stored key without a user belong to its ID: its name may become that of another key.
UPDATE session
SET owner = 'key_id:' || (
  SELECT k.id FROM api_key k WHERE k.tenant = session.tenant AND k.name = substr(session.owner, 5)
)
WHERE owner LIKE 'key:%'
  AND EXISTS (
    SELECT 1 FROM api_key k WHERE k.tenant = session.tenant AND k.name = substr(session.owner, 5)
  );
