/** The style of the live pictures, beside that of the drawings themselves. */
export const PICTURES_STYLE = `
.ladder-view{position:relative;display:flex;flex-direction:column;height:100%;min-height:12rem}
.ladder-bar{display:flex;gap:.6rem;align-items:center;flex:none;padding:.2rem 0;font-size:13px}
.ladder-bar .legend{opacity:.8;flex:1;min-width:0}
.ladder-scroll{position:relative;flex:1;min-height:0;overflow-y:auto;overflow-x:hidden;overflow-anchor:none;contain:strict}
.ladder-scroll .tcplab-drawing{display:block;width:100%}
.ladder-head{position:sticky;top:0;z-index:1}
.ladder-head .ground{fill:var(--ground)}
.ladder-rows{position:relative;overflow:clip}
.ladder-rows .tcplab-drawing{position:absolute;left:0;top:0;will-change:transform}
.ladder-newest{position:absolute;right:1.2rem;bottom:.8rem;z-index:2}
.picture-empty{padding:1rem;opacity:.8}
.track-view{overflow-x:auto}
.track-view svg{display:block}
.diagram-view{position:relative;width:100%;max-width:1080px;margin:0 auto}
.diagram-view .tcplab-states{display:block;width:100%;height:auto}
.diagram-tokens{position:absolute;inset:0;width:100%;height:100%;pointer-events:none}
.diagram-tokens .token{pointer-events:auto;transition:transform .45s ease-in-out}
.diagram-tokens .token rect{fill:var(--edge);stroke:var(--ground);stroke-width:2}
.diagram-tokens .token .shape{fill:var(--ground);stroke:none}
.diagram-tokens .token text{fill:var(--ground);font-weight:700;font-size:16px}
.diagram-view .edge text{font-size:16px}
.diagram-view .state text{font-size:17px}
.diagram-tokens .token.gone{opacity:.55}
@media (prefers-reduced-motion:reduce){.diagram-tokens .token{transition:none}}
`.trim();
