// 128 and SIGXCPU.
process.exit(152);
