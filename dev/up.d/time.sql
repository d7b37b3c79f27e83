-- The messages of the last fourteen months, in a table that somebody split by month before: so there is something to
-- archive. The application's own table is a plain one, which the policy splits.
DO $$
DECLARE
  month date;
BEGIN
  IF to_regclass('public.message_history') IS NOT NULL THEN
    RETURN;
  END IF;
  SET LOCAL ROLE botserver;
  SET LOCAL TIME ZONE 'UTC';
  CREATE TABLE public.message_history (
    id uuid DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    content text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
  FOR back IN REVERSE 14..0 LOOP
    month := date_trunc('month', now()) - make_interval(months => back);
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.message_history FOR VALUES FROM (%L) TO (%L)',
      'message_history_' || to_char(month, 'YYYY_MM'), month::timestamptz, (month + interval '1 month')::timestamptz);
    INSERT INTO public.message_history (user_id, content, created_at)
      SELECT gen_random_uuid(), 'message ' || n, month + n * interval '4 hours' FROM generate_series(0, 99) n;
  END LOOP;
END $$;
