// Loaded into npm before its own code: when the launcher dies, even by `kill -9`, the channel between them closes, and
// npm must not go on writing into a tree that the next start is about to install.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
