/** The style of every page: light and dark, a phone and paper. Nothing in it comes from anywhere else. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5c5c66; --line: #d5d5dc; --paper: #fff; --tint: #f4f4f7;
  --pass: #1a7f37; --fail: #c0262d; --unsure: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a6a6b2; --line: #3c3c46; --paper: #17171b;
  --tint: #222229; --pass: #4cc36a; --fail: #ff7b72; --unsure: #e0b050; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .4rem 0; }
a { color: inherit; }
.soft { color: var(--soft); }
.total { font-size: 1.2rem; font-weight: 600; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .inconclusive, .error, .person { color: var(--unsure); }
.skipped { color: var(--soft); }
.box { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .6rem 0; }
.box.fail { border-color: var(--fail); color: inherit; } .box.person { border-color: var(--unsure); color: inherit; }
ul.checks { list-style: none; padding: 0; margin: .5rem 0; }
ul.checks > li { display: flex; gap: .6rem; padding: .15rem 0; }
ul.checks > li > :first-child { flex: none; width: 1em; }
ul.checks .title { flex: 1; }
ul.checks .points { white-space: nowrap; color: var(--soft); }
pre { background: var(--tint); border: 1px solid var(--line); border-radius: 4px; padding: .5rem .7rem; margin: .3rem 0 .8rem;
  font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th { overflow-wrap: break-word; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead th { background: var(--tint); }
@media (min-width: 40rem) { .scroll table { overflow-wrap: normal; } .scroll td:first-child { max-width: 16rem; overflow-wrap: anywhere; } }
@media print { :root { --ink: #000; --soft: #444; --line: #999; --paper: #fff; --tint: #fff; --pass: #000; --fail: #000;
  --unsure: #000; } body { max-width: none; padding: 0; font-size: 10pt; } pre { font-size: 8pt; } .scroll { overflow: visible; }
  h2, h3 { break-after: avoid; } li, tr { break-inside: avoid; } }
`;
