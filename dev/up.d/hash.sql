-- A table of a service of yours, whose rows belong to users: 2,000 rows of 200 users. botserver's own stay together.
DO $$
BEGIN
  IF to_regclass('public.notes') IS NOT NULL THEN
    RETURN;
  END IF;
  SET LOCAL ROLE botserver;
  CREATE TABLE public.notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX ON public.notes (user_id);
  INSERT INTO public.notes (user_id, text)
    SELECT users.id, 'note ' || n FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 200)) users, generate_series(1, 10) n;
END $$;
