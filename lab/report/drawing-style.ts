import { STATES, type State } from '../tcp/states.ts';

/**
 * One colour a state, of those of Okabe and Ito, which most colour-blind people can tell apart; there are fewer of them than
 * states, so that two states share none but differ in brightness. The second is for words on it.
 */
export const STATE_COLOURS: Readonly<Record<State, readonly [fill: string, words: string]>> = {
  CLOSED: ['#ffffff', '#000000'],
  LISTEN: ['#b9bec6', '#000000'],
  SYN_SENT: ['#56b4e9', '#000000'],
  SYN_RCVD: ['#f0e442', '#000000'],
  ESTABLISHED: ['#009e73', '#000000'],
  FIN_WAIT_1: ['#e69f00', '#000000'],
  FIN_WAIT_2: ['#d55e00', '#000000'],
  CLOSE_WAIT: ['#cc79a7', '#000000'],
  CLOSING: ['#2b2b2b', '#ffffff'],
  LAST_ACK: ['#0072b2', '#ffffff'],
  TIME_WAIT: ['#d7cfea', '#000000'],
};

/** The style of ladders and tracks, dark or light as the reader has it; nothing is told by colour alone. */
export const DRAWING_STYLE = `
.tcplab-drawing{--ground:#fff;--ink:#1b1f24;--soft:#57606a;--line:#b4bcc6;--wire:#24508f;--gate:#b04a00;--bad:#c00020;font:14px system-ui,'DejaVu Sans',sans-serif}
@media (prefers-color-scheme:dark){.tcplab-drawing{--ground:#10141a;--ink:#e8ecf1;--soft:#a0a8b3;--line:#4d5866;--wire:#8fbcff;--gate:#f0a848;--bad:#ff7b86}}
.tcplab-drawing .ground{fill:var(--ground)}
.tcplab-drawing text{fill:var(--ink)}
.tcplab-drawing .soft{fill:var(--soft);font-size:13px}
.tcplab-drawing .number{font-variant-numeric:tabular-nums}
.tcplab-drawing .strong{font-weight:700}
.tcplab-drawing .small{font-size:12px}
.tcplab-drawing .lifeline{stroke:var(--line);stroke-width:2;fill:none}
.tcplab-drawing .rule{stroke:var(--line);stroke-width:1}
.tcplab-drawing .fold{stroke-dasharray:2 5}
.tcplab-drawing .on-ground{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
.tcplab-drawing .closed{fill:var(--gate);fill-opacity:.35;stroke:var(--gate);stroke-width:1}
.tcplab-drawing .segment line,.tcplab-drawing .segment path{stroke:var(--wire);stroke-width:1.8;fill:none}
.tcplab-drawing .segment .head{fill:var(--wire);stroke:none}
.tcplab-drawing .again line{stroke-dasharray:6 5}
.tcplab-drawing .reset line,.tcplab-drawing .reset path{stroke:var(--bad);stroke-width:2.4}
.tcplab-drawing .reset .head{fill:var(--bad)}
.tcplab-drawing .reset text{fill:var(--bad)}
.tcplab-drawing .dropped line,.tcplab-drawing .dropped path{stroke:var(--gate)}
.tcplab-drawing .dropped text,.tcplab-drawing .gate text,.tcplab-drawing text.gate{fill:var(--gate)}
.tcplab-drawing text.failure{fill:var(--bad)}
.tcplab-drawing .failing{stroke:var(--bad);stroke-width:2;stroke-dasharray:5 3}
.tcplab-drawing .state rect{stroke:var(--ink);stroke-opacity:.55;stroke-width:1}
.tcplab-drawing .state text{font-size:13px;font-weight:600}
.tcplab-drawing .state .beside{fill:var(--ink);font-weight:400}
.tcplab-drawing .state .leader{stroke:var(--soft);stroke-width:1}
${STATES.map((state) => stateStyle(state, ...STATE_COLOURS[state])).join('\n')}
`.trim();

function stateStyle(state: State, fill: string, words: string): string {
  return `.tcplab-drawing .s-${state} rect{fill:${fill}}.tcplab-drawing .s-${state} .within{fill:${words}}`;
}
