import { claim, settledBy } from '../claim.ts';
import { opened, resetOf } from '../ends.ts';
import { quoteSegments, riseOf } from '../quote.ts';
import { UNREAD } from '../runs/exercises.ts';

export const r07 = claim({
  id: 'R7',
  exercises: [23],
  text: {
    en: 'That RST is governed by SO_LINGER',
    zh: '这个 RST 由 SO_LINGER 控制',
  },
  runs: { unread: UNREAD },
  settle({ unread }) {
    const reset = resetOf(opened(unread), 'server');
    const byUnread = riseOf(unread.evidence, 'server', 'TCPAbortOnClose');
    const byLinger = riseOf(unread.evidence, 'server', 'TCPAbortOnData');
    return settledBy(
      byUnread.rise === 0 && byLinger.rise > 0,
      {
        false: {
          en: 'The server never touched SO_LINGER, and the RST was sent all the same. The kernel even counts the two reasons apart: TCPAbortOnClose for unread bytes, TCPAbortOnData for SO_LINGER with zero seconds.',
          zh: '服务器从未设置 SO_LINGER，RST 照样发出。内核甚至把两种原因分开计数：未读数据计入 TCPAbortOnClose，零秒的 SO_LINGER 计入 TCPAbortOnData。',
        },
      },
      [...quoteSegments(unread, reset), ...byUnread.quote, ...byLinger.quote],
    );
  },
});
