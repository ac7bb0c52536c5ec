/** What a person does with a position: pause it, let it go on, ask what if, close it. */

import { useState } from "react";
import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { Dialog } from "~/parts/Dialog";
import { ProblemNote } from "~/parts/Told";
import type { Card } from "./types";
import { WhatIf } from "./WhatIf";

export function Acts({ card }: { card: Card }) {
  const [asking, setAsking] = useState(false);
  const path = { params: { path: { position_id: card.id } } };
  const pause = api.useMutation("post", "/positions/{position_id}/pause");
  const resume = api.useMutation("post", "/positions/{position_id}/resume");
  if (card.status === "closed") return null;
  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        What if …
      </Button>
      {card.status === "active" ? (
        <Button
          busy={pause.isPending}
          onClick={() => {
            pause.mutate(path);
          }}
        >
          Pause
        </Button>
      ) : (
        <Button
          look="main"
          busy={resume.isPending}
          onClick={() => {
            resume.mutate(path);
          }}
        >
          Resume
        </Button>
      )}
      <Close card={card} />
      {(pause.error ?? resume.error) != null && <ProblemNote error={pause.error ?? resume.error} />}
      <Dialog
        title={`What if ${card.listing.symbol} were at …`}
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
      >
        <WhatIf card={card} />
      </Dialog>
    </>
  );
}

function Close({ card }: { card: Card }) {
  const [open, setOpen] = useState(false);
  const close = api.useMutation("post", "/positions/{position_id}/close");
  const leave = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        onClick={() => {
          close.reset();
          setOpen(true);
        }}
      >
        Close
      </Button>
      <Dialog title={`Close the position in ${card.listing.symbol}?`} open={open} onClose={leave}>
        <p>Its cash goes back to the portfolio, its shares stay as a holding. Nothing is sold.</p>
        {close.error !== null && <ProblemNote error={close.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={leave}>Leave it</Button>
          <Button
            look="danger"
            busy={close.isPending}
            onClick={() => {
              close.mutate({ params: { path: { position_id: card.id } } }, { onSuccess: leave });
            }}
          >
            Close it
          </Button>
        </div>
      </Dialog>
    </>
  );
}
