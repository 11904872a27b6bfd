import { serve } from "@portico/core";
import { stdio } from "@portico/core/node";
import { jobs } from "./jobs.ts";

serve(jobs(), stdio());
