/** Who is signed in, and the way out; nothing where nobody has to sign in. */

import { api, queries } from "~/api/client";
import { Button } from "~/parts/Button";

export function SignedIn() {
  const me = api.useQuery("get", "/auth/me", {}, { staleTime: 60_000 });
  const logout = api.useMutation("post", "/auth/logout");
  if (me.data?.via !== "sign_in") return null;
  return (
    <Button
      title={`Signed in as ${me.data.name}`}
      busy={logout.isPending}
      onClick={() => {
        logout.mutate({}, { onSuccess: () => void queries.resetQueries() });
      }}
    >
      Sign out
    </Button>
  );
}
