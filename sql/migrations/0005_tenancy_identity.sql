-- 0005 · tenancy · identity
-- Who signs in, before a tenant is known: accounts, what opens them, sessions, invitations.
--
-- An account is what one password opens. The same mail address or document may belong to several accounts:
-- an entity that invites a person who signs in elsewhere already makes, unless the person joins it to the
-- account they have, a second account with a password of its own. So an invitation never opens somebody
-- else's account, resetting a user's access never opens the person's other tenants, and neither tells the
-- entity whether the person signs in anywhere else.
--
-- Nothing here names a person: logins are keyed hashes (HMAC with the server's key), secrets are sealed
-- with it, codes and tokens are stored hashed. No tenant reads these tables. A command in tenant scope reaches
-- them through two definer functions that act on the users of that tenant alone: identity.invite,
-- which answers nothing, and identity.access_of_users. A function and not the outbox, so that the
-- invitation, the user and the event are made together or not at all: the link that the administrator is
-- shown is good from the moment it is shown.
--
-- These tables are no tenant's: on a sharded database they stay on the coordinator.
-- Locks: none on existing tables. Undo: a later migration.

create table identity.limits (
    name   text   not null,
    amount bigint not null,
    reason text   not null,

    constraint limits_pkey primary key (name),
    constraint limits_amount_is_positive check (amount > 0)
);
comment on table identity.limits is 'The numbers of sign-in, each with its reason: an operator changes them here.';
insert into identity.limits (name, amount, reason) values
    ('password_operations', 3, 'Argon2id, passes: RFC 9106 §4, second recommended option.'),
    ('password_memory_bytes', 67108864, 'Argon2id, memory: RFC 9106 §4, second recommended option (64 MiB).'),
    ('password_characters', 12, 'Shortest password. NIST SP 800-63B asks for at least 8, and 15 where it stands alone.'),
    ('invitation_seconds', 604800, 'An invitation on paper or in a mail is opened within a week.'),
    ('session_seconds', 43200, 'Longest session: a working day (NIST SP 800-63B §4.2.3: 12 hours).'),
    ('session_idle_seconds', 3600, 'A session without use: OWASP Session Management, low-risk applications.'),
    ('privileged_idle_seconds', 1800, 'The same with a second factor (NIST SP 800-63B §4.2.3: 30 minutes).'),
    ('session_touch_seconds', 60, 'How exactly the last use of a session is known: each use more would be a write.'),
    ('attempt_window_seconds', 900, 'Failed attempts are counted over the last 15 minutes.'),
    ('attempts_per_login_and_address', 5, 'Failures of one login from one address within the window.'),
    ('attempts_per_login', 20, 'Failures of one login from everywhere; above the former, so that a stranger does not lock a person out at once.'),
    ('attempts_per_address', 100, 'Failures from one address: an office shares one.'),
    ('second_factor_attempts', 5, 'Failed codes of one account within the window: RFC 6238 §5.2, RFC 4226 §7.3.'),
    ('recovery_codes', 10, 'Recovery codes of a second factor, each good once.');

create table identity.server_keys (
    fingerprint   bytea       not null,
    first_used_at timestamptz not null,

    constraint server_keys_pkey primary key (fingerprint),
    constraint server_keys_fingerprint_length check (octet_length(fingerprint) = 16)
);
comment on table identity.server_keys is
    'The fingerprint of the server''s key: a server started with another key says so instead of refusing every password.';

create table identity.accounts (
    account_id          uuid        not null,
    password_hash       text        not null,
    state               text        not null,
    totp_secret         bytea,
    totp_pending        bytea,
    totp_last_step      bigint,
    created_at          timestamptz not null,
    password_changed_at timestamptz not null,

    constraint accounts_pkey primary key (account_id),
    constraint accounts_password_is_argon2id check (password_hash ^@ '$argon2id$'),
    constraint accounts_state_known check (state in ('active', 'closed')),
    constraint accounts_totp_step_has_secret check (totp_last_step is null or totp_secret is not null)
);
comment on table identity.accounts is
    'What one password opens. The secret of the second factor is sealed with the server''s key.';

create table identity.logins (
    login_hash bytea not null,
    account_id uuid  not null,
    kind       text  not null,

    constraint logins_pkey primary key (login_hash, account_id),
    constraint logins_account_fkey foreign key (account_id) references identity.accounts (account_id),
    constraint logins_kind_known check (kind in ('email', 'document')),
    constraint logins_hash_length check (octet_length(login_hash) = 32)
);
comment on table identity.logins is 'What a person writes to sign in: a keyed hash of the mail address or the document number.';
create index logins_account_index on identity.logins (account_id);

create table identity.account_users (
    organization_id uuid        not null,
    user_id         uuid        not null,
    account_id      uuid        not null,
    linked_at       timestamptz not null,

    constraint account_users_pkey primary key (organization_id, user_id),
    constraint account_users_account_organization_key unique (account_id, organization_id),
    constraint account_users_account_user_key unique (account_id, organization_id, user_id),
    constraint account_users_account_fkey foreign key (account_id) references identity.accounts (account_id),
    constraint account_users_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id)
);
comment on table identity.account_users is 'The users that an account acts as: one in each tenant where the person works.';

create table identity.recovery_codes (
    account_id uuid        not null,
    code_hash  bytea       not null,
    created_at timestamptz not null,
    used_at    timestamptz,

    constraint recovery_codes_pkey primary key (account_id, code_hash),
    constraint recovery_codes_account_fkey foreign key (account_id) references identity.accounts (account_id),
    constraint recovery_codes_hash_length check (octet_length(code_hash) = 32)
);
comment on table identity.recovery_codes is 'Keyed hashes of the codes that stand in for a lost second factor, each good once.';

create table identity.sessions (
    session_id       uuid        not null,
    token_hash       bytea       not null,
    account_id       uuid        not null,
    organization_id  uuid,
    user_id          uuid,
    created_at       timestamptz not null,
    last_seen_at     timestamptz not null,
    idle_seconds     bigint      not null,
    ends_at          timestamptz not null,
    second_factor_at timestamptz,
    address          text        not null,
    agent            text        not null,
    revoked_at       timestamptz,
    revocation       text,

    constraint sessions_pkey primary key (session_id),
    constraint sessions_token_key unique (token_hash),
    constraint sessions_account_fkey foreign key (account_id) references identity.accounts (account_id),
    -- A session never acts in a tenant that its account does not work in.
    constraint sessions_user_fkey foreign key (account_id, organization_id, user_id)
        references identity.account_users (account_id, organization_id, user_id),
    constraint sessions_tenant_is_whole check ((organization_id is null) = (user_id is null)),
    constraint sessions_token_length check (octet_length(token_hash) = 32),
    constraint sessions_idle_seconds_is_positive check (idle_seconds > 0),
    constraint sessions_revocation_known check (revocation in (
        'signed_out', 'revoked', 'password_changed', 'second_factor_changed', 'access_reset')),
    constraint sessions_revocation_is_dated check ((revoked_at is null) = (revocation is null))
);
comment on table identity.sessions is
    'Sessions by the SHA-256 of their token, with the tenant they act in, their limits, and where they were opened.';
create index sessions_account_index on identity.sessions (account_id, last_seen_at);
create index sessions_user_index on identity.sessions (organization_id, user_id);

create table identity.invitations (
    invitation_id   uuid        not null,
    organization_id uuid        not null,
    user_id         uuid        not null,
    code_hash       bytea       not null,
    email_hash      bytea       not null,
    document_hash   bytea,
    purpose         text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    used_at         timestamptz,
    voided_at       timestamptz,

    constraint invitations_pkey primary key (invitation_id),
    constraint invitations_code_key unique (code_hash),
    constraint invitations_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint invitations_purpose_known check (purpose in ('welcome', 'reset')),
    constraint invitations_code_length check (octet_length(code_hash) = 32),
    constraint invitations_email_length check (octet_length(email_hash) = 32),
    constraint invitations_document_length check (octet_length(document_hash) = 32),
    constraint invitations_period check (expires_at > created_at),
    constraint invitations_end_once check (used_at is null or voided_at is null)
);
comment on table identity.invitations is
    'Codes, hashed and good once, by which a user of a tenant sets a password or joins the account they have.';
create index invitations_user_index on identity.invitations (organization_id, user_id);

create table identity.attempts (
    attempt_id   uuid        not null,
    kind         text        not null,
    subject_hash bytea       not null,
    address_hash bytea       not null,
    attempted_at timestamptz not null,
    succeeded    boolean     not null,

    constraint attempts_pkey primary key (attempt_id),
    constraint attempts_kind_known check (kind in ('password', 'second_factor', 'invitation'))
);
comment on table identity.attempts is
    'Attempts to sign in, by keyed hashes of what was tried and from where, to be counted and then forgotten.';
create index attempts_subject_index on identity.attempts (subject_hash, attempted_at);
create index attempts_address_index on identity.attempts (address_hash, attempted_at);

grant select on identity.limits to alianzas_identity, alianzas_app;
grant select, insert on identity.server_keys to alianzas_identity;
grant select, insert,
    update (password_hash, state, totp_secret, totp_pending, totp_last_step, password_changed_at)
    on identity.accounts to alianzas_identity;
grant select, insert on identity.logins to alianzas_identity;
grant select, insert, update (account_id, linked_at) on identity.account_users to alianzas_identity;
grant select, insert, update (used_at), delete on identity.recovery_codes to alianzas_identity;
grant select, insert,
    update (
        token_hash, organization_id, user_id, last_seen_at, idle_seconds, second_factor_at, revoked_at,
        revocation),
    delete on identity.sessions to alianzas_identity;
grant select, update (used_at, voided_at) on identity.invitations to alianzas_identity;
grant select, insert, update (succeeded), delete on identity.attempts to alianzas_identity;

create function identity.invite(
    organization uuid, invited_user uuid, invitation uuid, code bytea, email bytea, document bytea, purpose text,
    at timestamptz, expires timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the invitation belongs to another tenant' using errcode = '42501';
    end if;
    perform 1 from tenancy.users as users
    where users.organization_id = organization and users.user_id = invited_user;
    if not found then
        raise exception 'the tenant has no such user' using errcode = '23503';
    end if;
    update identity.invitations as earlier set voided_at = at
    where earlier.organization_id = organization and earlier.user_id = invited_user
        and earlier.used_at is null and earlier.voided_at is null;
    insert into identity.invitations (
        invitation_id, organization_id, user_id, code_hash, email_hash, document_hash, purpose, created_at,
        expires_at)
    values (invitation, organization, invited_user, code, email, document, purpose, at, expires);
end
$$;
comment on function identity.invite is
    'Invites a user of the tenant in scope, and makes void what they were invited with before. Answers nothing.';
grant execute on function identity.invite to alianzas_app;

create function identity.access_of_users(organization uuid)
returns table (
    user_id uuid, has_account boolean, has_second_factor boolean, last_seen_at timestamptz,
    invited_until timestamptz)
language plpgsql
stable
security definer
set search_path = pg_catalog
as $$
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the users belong to another tenant' using errcode = '42501';
    end if;
    return query
    select
        users.user_id,
        links.account_id is not null,
        coalesce(accounts.totp_secret is not null, false),
        (select max(sessions.last_seen_at) from identity.sessions as sessions
            where sessions.organization_id = organization and sessions.user_id = users.user_id),
        (select max(invitations.expires_at) from identity.invitations as invitations
            where invitations.organization_id = organization and invitations.user_id = users.user_id
                and invitations.used_at is null and invitations.voided_at is null)
    from tenancy.users as users
    left join identity.account_users as links
        on links.organization_id = users.organization_id and links.user_id = users.user_id
    left join identity.accounts as accounts on accounts.account_id = links.account_id
    where users.organization_id = organization;
end
$$;
comment on function identity.access_of_users is
    'How the users of the tenant in scope sign in to it: nothing of what they do elsewhere.';
grant execute on function identity.access_of_users to alianzas_app;
