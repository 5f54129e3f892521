const [address, port = process.argv.slice(2);
