-- Who sends an order to a real broker just now: nobody else does until then, also when that process has died of it.
create table sending_claims (
    order_id uuid primary key,
    until timestamptz not null
);
