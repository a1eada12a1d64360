-- Refills the bucket of %(key)s for the time gone by and takes one token, if there is one; one row
-- per key, locked for the statement only, so that all processes count together. Primary key look-up.
INSERT INTO territory_ratebucket AS bucket (key, tokens, is_refused, seen_at)
VALUES (%(key)s, %(burst)s - 1, false, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET (tokens, is_refused, seen_at) = (
    SELECT CASE WHEN refilled.tokens >= 1 THEN refilled.tokens - 1 ELSE refilled.tokens END,
           refilled.tokens < 1,
           clock_timestamp()
    FROM (
        SELECT least(
            %(burst)s,
            bucket.tokens
            + %(per_second)s * greatest(0, extract(epoch FROM clock_timestamp() - bucket.seen_at))
        ) AS tokens
    ) AS refilled
)
RETURNING CASE WHEN is_refused THEN (1 - tokens) / %(per_second)s ELSE 0 END
