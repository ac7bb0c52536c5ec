/** A verification takes as long as the log is long: it is asked for again until it has come to its end. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, queries, type Schemas } from "~/api/client";

export type Verification = Schemas["Verification"];
export type UnderWay = Schemas["Verifying"];

const AGAIN_MS = 1_000;

const pause = () => new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));

async function verify(onProgress: (progress: UnderWay) => void): Promise<Verification> {
  for (;;) {
    const { data, error } = await client.GET("/audit/verify");
    if (data === undefined) throw error;
    if ("ok" in data) return data;
    onProgress(data);
    await pause();
  }
}

export function useVerification() {
  const [progress, setProgress] = useState<UnderWay | null>(null);
  const command = useMutation({
    mutationFn: () => verify(setProgress),
    onSettled: () => {
      setProgress(null);
      void queries.invalidateQueries();
    },
  });
  return { ...command, progress };
}
