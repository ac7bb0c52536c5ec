-- A person finds their sign-ins again, by an id that lets nobody in and by what kind of address each began at: enough to
-- tell a foreign one, and nothing that says where somebody was.
alter table sign_ins add column id uuid not null default gen_random_uuid();
alter table sign_ins add column came_from text not null default 'unknown'
    check (came_from in ('machine', 'network', 'internet', 'unknown'));
create unique index sign_ins_id_idx on sign_ins (id);
