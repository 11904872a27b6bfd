// A server process for the transport tests: `echoPeer` on its standard streams.
import { echoPeer } from "../../src/testing/echo-peer.ts";
import { stdio } from "../../src/transport/stdio-server.ts";

echoPeer(stdio());
