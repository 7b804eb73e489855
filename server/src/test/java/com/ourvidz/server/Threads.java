package com.ourvidz.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The threads of this JVM, the server's and the client's, virtual ones too. */
record Threads(Path folder) {

    interface Work {
        void run() throws IOException;
    }

    /** How many more there are after the work. */
    int takenBy(Work work) throws IOException {
        var before = count();
        work.run();
        return count() - before;
    }

    private int count() throws IOException {
        var dump = folder.resolve(UUID.randomUUID() + ".json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return Files.readString(dump).split("\"tid\"", -1).length - 1;
    }
}
