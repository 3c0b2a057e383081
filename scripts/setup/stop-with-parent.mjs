// Loaded into npm before its own code: when the launcher ends, even by `kill -9`, the channel between them closes, and
// npm must stop writing into a tree that the next start will install.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
