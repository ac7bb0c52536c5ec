/** Can I trust the data? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import { Freshness } from "./Freshness";
import { Notifications } from "./Notifications";
import { OpenAlerts } from "./OpenAlerts";
import { Refresh } from "./Refresh";
import { Runs } from "./Runs";
import { Schedules } from "./Schedules";
import { StoppedPrices } from "./StoppedPrices";

const TONES = { quiet: "", look: "text-amber", stopped: "text-vermilion font-semibold" };

export function Watch() {
  const freshness = api.useQuery("get", "/freshness");
  return (
    <>
      <ScreenHead title="Watch" act={<Refresh />}>
        <Shown of={freshness} rows={1}>
          {({ state, sentence }) => (
            <p role="status" className={TONES[state]}>
              {sentence}
            </p>
          )}
        </Shown>
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
