import { axeFindsNothing } from "./axe-states.ts";

axeFindsNothing(1);
