package com.ourvidz.server.supervise;

import com.ourvidz.core.catalog.Queue;
import java.nio.file.Path;
import java.util.List;

/** The command line of a worker process. Its settings, keys among them, come in its environment. */
@FunctionalInterface
public interface WorkerCommand {

    List<String> of(Queue queue);

    /**
     * A JVM like this one, with the same class path. The models live outside its heap.
     *
     * @param heap as the {@code -Xmx} option takes it
     */
    static WorkerCommand jvm(String mainClass, String heap) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return queue -> List.of(
                java,
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-Xmn16m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass);
    }
}
