/** The mark on segments that a raw program means to send, so that the gate `own-rst` lets its own RST pass. SO_MARK, socket(7). */
export const RAW_MARK = 0x7463;
