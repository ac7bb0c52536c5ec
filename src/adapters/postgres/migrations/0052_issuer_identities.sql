-- Who a person is at the issuer that they sign in at (OpenID Connect): the subject is the issuer's own name for them.
create table issuer_identities (
    issuer text not null,
    subject text not null,
    user_id text not null references accounts on delete cascade,
    primary key (issuer, subject)
);
create index issuer_identities_user_idx on issuer_identities (user_id);
