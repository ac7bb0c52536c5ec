-- The paper broker's own book: what it accepted and what it has reported, so that a crash loses no fill.
create table paper_orders (
    client_order_id text primary key,
    broker_order_id text not null,
    account text not null,
    side text not null,
    quantity numeric not null,
    lot numeric not null,
    price numeric not null,
    unit_scale numeric not null,
    commission_bps numeric not null,
    auto_fill boolean not null,
    slippage_bps numeric not null,
    latency_ms integer not null,
    partial_fills boolean not null,
    seed bigint not null,
    decided_at timestamptz not null,
    submitted_at timestamptz not null default clock_timestamp(),
    canceled boolean not null default false,
    done boolean not null default false
);
create index paper_orders_open_idx on paper_orders (submitted_at) where not done;
