/** Can I trust the data? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { Standing } from "~/parts/Standing";
import { Freshness } from "./Freshness";
import { Notifications } from "./Notifications";
import { OpenAlerts } from "./OpenAlerts";
import { Refresh } from "./Refresh";
import { Runs } from "./Runs";
import { Schedules } from "./Schedules";
import { StoppedPrices } from "./StoppedPrices";

export function Watch() {
  const freshness = api.useQuery("get", "/freshness");
  return (
    <>
      <ScreenHead title="Watch" act={<Refresh />}>
        <Standing of={freshness} />
      </ScreenHead>
      <OpenAlerts />
      <StoppedPrices />
      <Freshness of={freshness} />
      <Schedules />
      <Runs />
      <Notifications />
    </>
  );
}
