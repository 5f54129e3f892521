console.error("bwrap: Can't find source path /submission: No such file or directory");
console.error('client.ts on client could not be put into its sandbox');
process.exit(1);
