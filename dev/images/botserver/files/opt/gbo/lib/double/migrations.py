"""The tables of botserver that an operator meets, with botserver's names and keys, and nothing of the other 290."""

MIGRATIONS = (
    (
        "6.0.0-01-core",
        """
CREATE TABLE public.tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE, slug text NOT NULL UNIQUE,
  is_active boolean DEFAULT true, metadata jsonb DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
INSERT INTO public.tenants (name, slug) VALUES ('Default Tenant', 'default');
CREATE TABLE public.organizations (
  org_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, slug text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
INSERT INTO public.organizations (org_id, name, slug)
  VALUES ('f47ac10b-58cc-4372-a567-0e02b2c3d479', 'Default Organization', 'default');
CREATE TABLE public.bots (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, slug text UNIQUE,
  org_id uuid REFERENCES public.organizations DEFAULT 'f47ac10b-58cc-4372-a567-0e02b2c3d479', tenant_id uuid,
  database_name text, is_default boolean NOT NULL DEFAULT false, is_public boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
INSERT INTO public.bots (id, name, slug, is_default)
  VALUES ('f47ac10b-58cc-4372-a567-0e02b2c3d480', 'default', 'default', true);
""",
    ),
    (
        "6.0.0-02-configuration",
        """
CREATE TABLE public.bot_configuration (
  id text PRIMARY KEY DEFAULT gen_random_uuid()::text, bot_id uuid NOT NULL, config_key text NOT NULL,
  config_value text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(), UNIQUE (bot_id, config_key));
CREATE TABLE public.drive_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bot_id uuid NOT NULL, file_path text NOT NULL, etag text,
  UNIQUE (bot_id, file_path));
""",
    ),
    (
        "6.0.0-03-conversations",
        """
CREATE TABLE public.users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), username text UNIQUE, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE public.user_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid REFERENCES public.users ON DELETE CASCADE,
  bot_id uuid REFERENCES public.bots ON DELETE CASCADE, tenant_id uuid, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE public.message_history (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id uuid NOT NULL REFERENCES public.user_sessions ON DELETE CASCADE,
  user_id uuid REFERENCES public.users ON DELETE CASCADE, role integer NOT NULL, content_encrypted text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE public.bot_memories (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bot_id uuid NOT NULL, key text NOT NULL, value text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), UNIQUE (bot_id, key));
""",
    ),
)
