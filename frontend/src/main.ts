import { startCopy } from "./copy";
import { startEdges } from "./edges";
import { startHtmx } from "./fragments";
import { startGrids } from "./grid";
import { startKeys } from "./keys";
import { startSidePanel } from "./panel";
import { startTheme } from "./theme";
import { startUpload } from "./upload";

startHtmx();
startTheme();
startKeys();
startGrids();
startSidePanel();
startUpload();
startCopy();
startEdges();
