-- The paper broker keeps an order as it was sent, so that it can be looked up and compared field by field, and
-- knows rejections, halts, limits and what its customer can pay.
alter table paper_orders
    add column symbol text not null default '',
    add column type text not null default 'market',
    add column limit_price numeric,
    add column time_in_force text not null default 'day',
    add column affordable numeric,
    add column reject_bps integer not null default 0,
    add column halt_bps integer not null default 0;
create index paper_orders_account_idx on paper_orders (account, submitted_at);
