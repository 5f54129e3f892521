/** Dark and light, as the reader has it. The colours are those of Okabe and Ito, which most colour-blind people can tell apart. */
export const DIAGRAM_STYLE = `
.tcplab-states{--ground:#fff;--ink:#1b1f24;--soft:#57606a;--box:#f3f5f8;--good:#005f93;--other:#b04a00;--absent:#6a737d;--waiting:#8a3f6b;--bad:#c00020;--plain:#57606a;font:13px system-ui,'DejaVu Sans',sans-serif}
@media (prefers-color-scheme:dark){.tcplab-states{--ground:#10141a;--ink:#e8ecf1;--soft:#a0a8b3;--box:#1d242d;--good:#6cc0f0;--other:#f0a848;--absent:#9aa4b0;--waiting:#e19cc4;--bad:#ff7b86;--plain:#a0a8b3}}
.tcplab-states .ground{fill:var(--ground)}
.tcplab-states .state rect{fill:var(--box);stroke:var(--ink);stroke-width:1.4}
.tcplab-states .state text{fill:var(--ink);font-weight:600;font-size:15px}
.tcplab-states .state.strong rect{stroke-width:4}
.tcplab-states .edge polyline{fill:none;stroke:var(--edge);stroke-width:1.8;stroke-linejoin:round}
.tcplab-states .edge text{fill:var(--edge);paint-order:stroke;stroke:var(--ground);stroke-width:5px;stroke-linejoin:round;font-weight:600}
.tcplab-states .edge .more{fill:var(--soft);font-weight:400}
.tcplab-states .edge.strong polyline{stroke-width:4.5}
.tcplab-states .plain{--edge:var(--plain)}
.tcplab-states .good{--edge:var(--good)}
.tcplab-states .other{--edge:var(--other)}
.tcplab-states .other polyline{stroke-dasharray:12 5}
.tcplab-states .absent{--edge:var(--absent)}
.tcplab-states .absent polyline{stroke-dasharray:2 5}
.tcplab-states .waiting{--edge:var(--waiting)}
.tcplab-states .waiting polyline{stroke-dasharray:12 4 2 4}
.tcplab-states .bad{--edge:var(--bad)}
.tcplab-states .bad polyline{stroke-dasharray:5 4;stroke-width:3}
`.trim();
