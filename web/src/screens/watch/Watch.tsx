/** Can I trust the data? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { Standing } from "~/parts/Standing";
import { Runs } from "~/screens/runs/Runs";
import { usePortfolio } from "~/shell/portfolio";
import { Freshness } from "./Freshness";
import { Notifications } from "./Notifications";
import { OpenAlerts } from "./OpenAlerts";
import { Refresh } from "./Refresh";
import { Schedules } from "./Schedules";
import { StoppedPrices } from "./StoppedPrices";

export function Watch() {
  const portfolio = usePortfolio();
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
      {portfolio && (
        <Runs portfolio={portfolio}>
          Nothing has run yet. What schedules and people ask for stands here, with what came of it.
        </Runs>
      )}
      <Notifications />
    </>
  );
}
