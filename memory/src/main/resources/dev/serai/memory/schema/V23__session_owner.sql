-- Sessions of a stored key without a user belong to its ID: its name may become that of another key.
-- One that is older than the key is that of a former key with its name.
UPDATE session
SET owner = 'key_id:' || (
  SELECT k.id
  FROM api_key k
  WHERE k.tenant = session.tenant
    AND k.name = substr(session.owner, 5)
    AND k.created_ms <= session.created_ms
)
WHERE owner LIKE 'key:%'
  AND EXISTS (
    SELECT 1
    FROM api_key k
    WHERE k.tenant = session.tenant
      AND k.name = substr(session.owner, 5)
      AND k.created_ms <= session.created_ms
  );
