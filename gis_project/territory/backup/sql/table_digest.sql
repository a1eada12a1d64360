-- Number of rows and order-free sum of 64 bits of each row's MD5.
SELECT count(*), COALESCE(sum(('x' || left(md5(one_row_::text), 16))::bit(64)::bigint::numeric), 0)
FROM {table} AS one_row_
