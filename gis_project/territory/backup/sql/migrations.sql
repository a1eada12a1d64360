-- The migrations that this database has been through.
SELECT app || '.' || name FROM public.django_migrations ORDER BY app || '.' || name COLLATE "C"
