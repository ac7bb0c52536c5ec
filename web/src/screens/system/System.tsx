/** Is the machine well? */

import { api } from "~/api/client";
import { ScreenHead } from "~/parts/Section";
import { Shown } from "~/parts/Told";
import { Access } from "./Access";
import { DeadLetters } from "./DeadLetters";
import { Machine } from "./Machine";
import { Pipeline } from "./Pipeline";

export function System() {
  const system = api.useQuery("get", "/system");
  return (
    <>
      <ScreenHead title="System">
        <Shown of={system} rows={1}>
          {({ sentence }) => <p role="status">{sentence}</p>}
        </Shown>
      </ScreenHead>
      {system.data && <Pipeline steps={system.data.pipeline} />}
      <DeadLetters />
      {system.data && <Machine system={system.data} />}
      <Access />
    </>
  );
}
