package com.ourvidz.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis of the peer: the one at {@code OURVIDZ_BENCH_REDIS=HOST:PORT}, or one that is started for it and ends with it.
 *
 * @param process when it was started here
 */
record Redis(String address, Optional<Process> process) implements AutoCloseable {

    static Redis start(Path folder) throws IOException {
        var given = System.getenv("OURVIDZ_BENCH_REDIS");
        if (given != null) {
            return new Redis(given, Optional.empty());
        }
        var port = Integer.toString(QueueServer.freePort());
        // It keeps nothing: what it forgets is queued again from SQLite.
        var process = new ProcessBuilder(
                        executable(), "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
                .directory(folder.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Redis("127.0.0.1:" + port, Optional.of(process));
    }

    long peakMegabytes() throws IOException {
        return process.isPresent() ? Memory.peakMegabytes(process.get().pid()) : 0;
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroy);
    }

    /** The one on the PATH, otherwise the one that a library carries for the tests of others. */
    private static String executable() throws IOException {
        for (var folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            var file = Path.of(folder, "redis-server").toFile();
            if (file.canExecute()) {
                return file.getPath();
            }
        }
        return ExecutableProvider.newJarResourceProvider().get().getPath();
    }
}
