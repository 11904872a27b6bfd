// The server of the behaviour tests as a process of its own. Bugs of its handlers are wanted: they are not printed.
import { serve } from "../../src/index.ts";
import { stdio } from "../../src/node.ts";
import { everything } from "./everything.ts";

await serve(everything(), stdio(), { onError: () => {} }).done;
