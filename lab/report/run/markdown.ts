import type { TimelineData } from '../../observe/timeline.ts';
import { markdownText } from '../markdown-text.ts';
import { mermaidSequence } from '../mermaid/sequence.ts';
import { mermaidStates } from '../mermaid/states.ts';
import type { Table } from './evidence-tables.ts';
import { runFacts } from './facts.ts';

/**
 * A run as Markdown: what passed and where the sockets went as Mermaid, which GitHub and GitLab draw, and the evidence in tables.
 * https://github.github.com/gfm/
 */
export function runMarkdown(timeline: TimelineData): string {
  const { title, about, wire, tables } = runFacts(timeline);
  return [
    `# ${markdownText(title)}`,
    [...about, ...wire].map((line) => `- ${markdownText(line)}`).join('\n'),
    '## What passed',
    mermaidBlock(mermaidSequence(timeline)),
    '## Where the sockets went',
    mermaidBlock(mermaidStates(timeline)),
    ...tables.flatMap(tableParts),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The text of a Mermaid diagram has no backtick: it is escaped there. */
function mermaidBlock(diagram: string): string {
  return `\`\`\`mermaid\n${diagram.trimEnd()}\n\`\`\``;
}

function tableParts({ title, about, head, rows }: Table): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
  return [
    `## ${markdownText(title)}`,
    markdownText(about),
    [line(head), line(head.map(() => '---')).replaceAll('\\', ''), ...rows.map(line)].join('\n'),
  ];
}
