-- A partition goes. Where it was archived, only as it was then: its rows are looked at once more, while nobody writes.
DO $remove$
DECLARE
  whole constant text := current_setting('generalbots.table');
  part constant text := current_setting('generalbots.partition');
  archived constant text := current_setting('generalbots.sum');
  found text;
BEGIN
  EXECUTE format('LOCK TABLE ONLY public.%I IN SHARE MODE', part);
  IF archived <> '' THEN
    EXECUTE format('SELECT count(*) || '' '' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)'
      ' FROM ONLY public.%I t', part) INTO found;
    IF found <> archived THEN
      RAISE EXCEPTION 'partition % has changed since it was archived', part USING ERRCODE = 'GB001';
    END IF;
  END IF;
  EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', whole, part);
  EXECUTE format('DROP TABLE public.%I', part);
END
$remove$
