import type { ChildProcess } from 'node:child_process';
import type { ToolResult } from './host.ts';

/** A system tool that could not be started. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code = 'tool';
  readonly tool: string;

  constructor(tool: string, cause: Error) {
    super(`could not start "${tool}". Is it installed? ./tcplab doctor says what is missing`, { cause });
    this.tool = tool;
  }
}

/** Waits for a spawned tool's end and collects what it printed. @throws ToolError when it could not be started. */
export async function outcome(tool: string, child: ChildProcess): Promise<ToolResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolResult>();
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('error', (error) => reject(new ToolError(tool, error)));
  child.once('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  return await promise;
}
