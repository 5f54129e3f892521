import { type Held, holdBeneath, namesIn, readHeld } from './beneath.ts';
import { type Collector, type Item, Refused, shown } from './collector.ts';
import { entryName } from './entry-path.ts';
import { NotTaken, unreadable } from './not-taken.ts';
import { knownTime } from './time.ts';

/**
 * Offers everything in a folder that can be of use. Every name is held by descriptor below its folder before it is looked at, so that
 * nothing changes when it is replaced meanwhile, and no link is followed.
 *
 * @throws NotTaken when the whole submission is refused
 */
export function offerFolder(folder: Held, collector: Collector, path: readonly string[] = []): void {
  let names: Buffer[];
  try {
    names = namesIn(folder, collector.limits.entries + 1);
  } catch (error) {
    collector.note(`${path.length === 0 ? 'The folder' : shown(path)} ${unreadable(error)}`);
    return;
  }
  for (const name of names) {
    collector.count();
    offerName(folder, name, path, collector);
  }
}

function offerName(folder: Held, name: Buffer, path: readonly string[], collector: Collector): void {
  let text: string;
  try {
    text = entryName(name);
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    collector.note(error.message);
    return;
  }
  const here = [...path, text];
  let held: Held;
  try {
    held = holdBeneath(folder, name);
  } catch (error) {
    collector.note(`${shown(here)} ${unreadable(error)}`);
    return;
  }
  using file = held;
  collector.offer(itemOf(here, file, collector));
  if (file.kind === 'folder' && collector.enters(here)) offerFolder(file, collector, here);
}

function itemOf(path: readonly string[], file: Held, { limits }: Collector): Item {
  return {
    path,
    kind: file.kind,
    size: file.stats.size,
    time: knownTime(file.stats.mtimeMs),
    read: () => {
      try {
        const content = readHeld(file, limits.fileBytes);
        if (content.length === file.stats.size) return content;
      } catch (error) {
        throw new Refused(unreadable(error));
      }
      throw new Refused('was changed while it was read: hand it in again.');
    },
  };
}
