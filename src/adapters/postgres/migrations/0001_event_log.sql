-- The event log and snapshots, in the shape of eventsourcing 9.5's PostgreSQL recorders.
-- Numbers are given by append_events under the table lock: without gaps, in commit order.
create type stored_event_uuid as (originator_id uuid, originator_version bigint, topic text, state bytea);

create table stored_events (
    originator_id uuid not null,
    originator_version bigint not null,
    topic text not null,
    state bytea not null,
    notification_id bigint not null,
    primary key (originator_id, originator_version)
);
create unique index stored_events_notification_id_idx on stored_events (notification_id);

create table snapshots (
    originator_id uuid not null,
    originator_version bigint not null,
    topic text not null,
    state bytea not null,
    primary key (originator_id, originator_version)
);
