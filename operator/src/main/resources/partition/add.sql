-- A partition, with the rows that went to that of all others as there was none for them.
DO $add$
DECLARE
  whole constant text := current_setting('generalbots.table');
  part constant text := current_setting('generalbots.partition');
  clock constant text := current_setting('generalbots.column');
  first constant text := current_setting('generalbots.from');
  after constant text := current_setting('generalbots.to');
  others regclass;
  columns text;
BEGIN
  SELECT nullif(p.partdefid, 0) INTO others FROM pg_partitioned_table p
    WHERE p.partrelid = format('public.%I', whole)::regclass;
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns FROM pg_attribute a
    WHERE a.attrelid = format('public.%I', whole)::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = '';

  EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING GENERATED'
    ' INCLUDING STORAGE INCLUDING COMMENTS INCLUDING STATISTICS INCLUDING CONSTRAINTS INCLUDING INDEXES)',
    part, whole);
  IF others IS NOT NULL THEN
    EXECUTE format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', others);
    EXECUTE format('WITH moved AS (DELETE FROM ONLY %1$s WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING %5$s)'
      ' INSERT INTO public.%6$I (%5$s) SELECT %5$s FROM moved', others, clock, first, after, columns, part);
  END IF;
  EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
    whole, part, first, after);
END
$add$
