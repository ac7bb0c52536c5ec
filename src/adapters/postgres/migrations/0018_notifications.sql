-- What people have read of their notifications, by the notification's id: no rebuild of the feed touches it.
create table notification_reads (
    principal text not null,
    notification_id uuid not null,
    read_at timestamptz not null,
    primary key (principal, notification_id)
);
