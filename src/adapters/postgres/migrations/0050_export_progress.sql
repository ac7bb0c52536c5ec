-- How far an export has come that is being written; what came of it is told by events.
create table export_progress (
    run_id uuid primary key,
    rows_done bigint not null,
    rows_in_all bigint not null
);
