-- Closes are few among ticks; the history of a portfolio's value reads them by day.
create index price_closes on price_points (feed, listing_id, as_of) where is_close;
