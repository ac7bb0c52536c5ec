-- A bar's first, highest and lowest price ("last" is its close), and when a provider said the same again.
alter table price_points add open numeric, add high numeric, add low numeric, add last_seen timestamptz;
alter table latest_prices add open numeric, add high numeric, add low numeric;
