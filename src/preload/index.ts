/** The stand-alone window's preload script. */
import { exposeToStartingPage } from "./expose";

exposeToStartingPage();
