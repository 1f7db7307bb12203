import "slickgrid/dist/styles/css/slick.grid.css";
import "./plan/plan-grid.css";
import { PlanGrid } from "./plan/element";

customElements.define("plan-grid", PlanGrid);
