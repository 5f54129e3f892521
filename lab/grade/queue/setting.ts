import type { Redis } from 'ioredis';

/** A setting of a Redis; undefined when it does not tell, as those of some providers do not. */
export async function setting(client: Redis, name: string): Promise<string | undefined> {
  try {
    const answer: unknown = await client.config('GET', name);
    return Array.isArray(answer) && answer.length > 1 ? String(answer[1]) : undefined;
  } catch (error) {
    if (error instanceof Error && /^(NOPERM|ERR)/.test(error.message)) return undefined;
    throw error;
  }
}
