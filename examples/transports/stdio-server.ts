// A program that a host starts. Standard output is the wire; what is printed by accident goes to standard error.
import { serve } from "@portico/core";
import { stdio } from "@portico/core/node";
import { server } from "./hello.ts";

serve(server, stdio());
