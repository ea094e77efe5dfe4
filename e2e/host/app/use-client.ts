/** The page's oRPC client. It is replaced after each lost connection, and null until then. */
import { useEffect, useState } from "react";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { RouterClient } from "@orpc/server";

import type { router } from "./router";

type Client = RouterClient<typeof router>;

const WAIT_MS = 300;

export function useClient(): Client | null {
  const [client, setClient] = useState<Client | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let socket: WebSocket | undefined;
    const drop = () => socket?.close();
    const connect = () => {
      socket = new WebSocket(`ws://${location.host}/?secret=${location.hash.slice(1)}`);
      socket.addEventListener("open", ({ target }) => {
        if (!(target instanceof WebSocket)) return;
        const created: Client = createORPCClient(new RPCLink({ websocket: target }));
        setClient(() => created);
      });
      socket.addEventListener("close", () => {
        setClient(null);
        timer = setTimeout(connect, WAIT_MS);
      });
    };
    connect();
    // For the tests.
    window.addEventListener("drop-connection", drop);
    return () => {
      window.removeEventListener("drop-connection", drop);
      clearTimeout(timer);
      drop();
    };
  }, []);
  return client;
}
