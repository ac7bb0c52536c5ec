/** What a person does with a position: pause it, let it go on, ask what if, close it. */

import { api } from "~/api/client";
import { Button } from "~/parts/Button";
import { DialogButton } from "~/parts/DialogButton";
import { Form } from "~/parts/Form";
import { ProblemNote } from "~/parts/Told";
import type { Card } from "./types";
import { WhatIf } from "./WhatIf";

export function Acts({ card }: { card: Card }) {
  const path = { params: { path: { position_id: card.id } } };
  const pause = api.useMutation("post", "/positions/{position_id}/pause");
  const resume = api.useMutation("post", "/positions/{position_id}/resume");
  if (card.status === "closed") return null;
  return (
    <>
      <DialogButton button="What if …" title={`What if ${card.listing.symbol} were at …`}>
        {() => <WhatIf card={card} />}
      </DialogButton>
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
    </>
  );
}

function Close({ card }: { card: Card }) {
  const close = api.useMutation("post", "/positions/{position_id}/close");
  return (
    <DialogButton button="Close" title={`Close the position in ${card.listing.symbol}?`} onOpen={close.reset}>
      {(leave) => (
        <Form
          send="Close it"
          look="danger"
          command={close}
          onSend={() => {
            close.mutate({ params: { path: { position_id: card.id } } }, { onSuccess: leave });
          }}
          onLeave={leave}
        >
          <p>Its cash goes back to the portfolio, its shares stay as a holding. Nothing is sold.</p>
        </Form>
      )}
    </DialogButton>
  );
}
