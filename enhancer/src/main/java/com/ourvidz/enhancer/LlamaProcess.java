package com.ourvidz.enhancer;

import com.ourvidz.enhancer.LlamaWire.Ask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A life of {@link LlamaMain}, which ends with this process at the latest. */
final class LlamaProcess implements AutoCloseable {

    private final Process process;
    private final Writer in;
    private final Listening listening = new Listening();

    private LlamaProcess(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts one, which begins to load the model.
     *
     * @param context how many tokens there may be of question and answer
     * @param threads 0 for all processors
     */
    static LlamaProcess start(Path model, int context, int threads) throws IOException {
        var builder = new ProcessBuilder(command(model, context, threads)).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("OURVIDZ_")); // keys among them
        var started = new LlamaProcess(builder.start());
        Thread.ofVirtual().name("llama-output").start(started::listen);
        return started;
    }

    private static List<String> command(Path model, int context, int threads) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LlamaMain.class.getName(),
                model.toString(),
                Integer.toString(context),
                Integer.toString(threads));
    }

    /** What it says is heard by the other. */
    Listening ask(Ask ask) throws IOException {
        in.write(ask.line() + "\n");
        in.flush();
        return listening;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it now, whatever it does; its memory is free on return. */
    @Override
    public void close() {
        process.destroyForcibly();
        var _ = process.onExit().join();
    }

    private void listen() {
        try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LlamaWire.read(line).ifPresent(listening::hear);
            }
        } catch (IOException | UncheckedIOException e) {
            // as good as the end
        }
        listening.hear(new Said.Failed("llama.cpp's process ended"));
    }
}
