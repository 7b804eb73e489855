package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ourvidz serve} as a process of its own, ended in the ways in which processes end. */
class ServeTest {

    @TempDir
    private Path folder;

    private Process server;
    private BufferedReader output;
    private ProcessHandle worker;

    @BeforeEach
    void serve() throws IOException {
        var builder =
                new ProcessBuilder(Java.command(Main.class, "serve")).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OURVIDZ_PORT", "0");
        builder.environment().put("OURVIDZ_DATA", folder.resolve("data").toString());
        builder.environment()
                .put(
                        "OURVIDZ_SDXL_MODEL",
                        Checkpoints.starter(folder.resolve("model"), 30).toString());
        server = builder.start();
        output = server.inputReader();
        worker = Await.until("its worker", () -> server.children().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
        worker.destroyForcibly();
    }

    @Test
    void line56ItPrintsItsLinksAndOnSigtermStopsItsWorkerAndEndsWellDone() throws IOException, InterruptedException {
        assertThat(output.readLine()).matches("OurVidz runs at http://127\\.0\\.0\\.1:\\d+");
        assertThat(output.readLine()).matches("Sign in with http://127\\.0\\.0\\.1:\\d+/login\\?token=.+");
        server.toHandle().destroy(); // which leaves its output open
        assertThat(server.waitFor()).isZero();
        assertThat(worker.isAlive()).isFalse();
        assertThat(output.readLine()).isNull();
    }

    @Test
    void aServerThatIsKilledTakesItsWorkerWithIt() throws IOException {
        assertThat(output.readLine()).startsWith("OurVidz runs at");
        server.destroyForcibly();
        Await.until("the worker's end", worker::isAlive, alive -> !alive);
    }
}
