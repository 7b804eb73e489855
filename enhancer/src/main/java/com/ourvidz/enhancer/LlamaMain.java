package com.ourvidz.enhancer;

import com.ourvidz.enhancer.LlamaWire.Ask;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that llama.cpp runs in: loads a model, answers what it is asked on standard input, and ends with it. The binding cannot free
 * a model, and what its native code does wrong would end any process that it is in; so it has its own.
 */
public final class LlamaMain {

    private static final String SYSTEM = "OURVIDZ-SYSTEM";
    private static final String USER = "OURVIDZ-USER";
    private static final String[] STOPS = {"<|im_end|>", "<|endoftext|>", "<|im_start|>"};

    private final BlockingQueue<Ask> asked = new LinkedBlockingQueue<>();
    private final PrintStream out;

    private LlamaMain(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs until standard input ends.
     *
     * @param args a GGUF file, how many tokens there may be of question and answer, and how many threads, 0 for all processors
     */
    public static void main(String[] args) throws IOException {
        var main = new LlamaMain(System.out);
        System.setOut(System.err); // the binding says on standard output what it does
        Thread.ofPlatform().daemon().name("llama").start(() -> main.work(args));
        main.read();
        Runtime.getRuntime().halt(0);
    }

    /** Until whoever asks has closed the other end, or died. */
    private void read() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            asked.add(Ask.read(line));
        }
    }

    private void work(String[] args) {
        try {
            var model = load(args);
            var template = template(model);
            say(new Said.Loaded());
            while (true) {
                answer(model, template, asked.take());
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            say(new Said.Failed("llama.cpp: " + e.getMessage()));
        } catch (InterruptedException e) {
            say(new Said.Failed("llama.cpp was interrupted"));
        }
        Runtime.getRuntime().halt(1);
    }

    private static LlamaModel load(String[] args) throws IOException {
        var natives = Files.createTempDirectory("ourvidz-llama");
        System.setProperty("de.kherud.llama.tmpdir", natives.toString());
        try {
            return new LlamaModel(parameters(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        } finally {
            clear(natives); // what is loaded needs its file no more
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static ModelParameters parameters(String file, int context, int threads) {
        var parameters = new ModelParameters()
                .setModel(file)
                .setCtxSize(context)
                .disableContextShift()
                .enableJinja()
                .disableLog();
        return threads > 0 ? parameters.setThreads(threads).setThreadsBatch(threads) : parameters;
    }

    /**
     * What the file's chat template makes of two placeholders. The texts are put in afterwards: the binding gives back only what Java's
     * modified UTF-8 can hold, which emoji are not among.
     */
    private static String template(LlamaModel model) {
        return model.applyTemplate(new InferenceParameters("").setMessages(SYSTEM, List.of(new Pair<>("user", USER))));
    }

    private void answer(LlamaModel model, String template, Ask ask) {
        var prompt = template.replace(SYSTEM, ask.system()).replace(USER, plain(ask.user()));
        var pieces = 0;
        for (var output : model.generate(new InferenceParameters(prompt)
                .setTemperature((float) ask.temperature())
                .setNPredict(ask.tokens())
                .setSeed(ask.seed())
                .setStopStrings(STOPS))) {
            pieces++;
            say(new Said.Piece(output.text));
        }
        say(new Said.End(pieces < ask.tokens()));
    }

    /** A user's text cannot speak with the template's voice. */
    private static String plain(String text) {
        return text.replace("<|", "< |").replace("|>", "| >");
    }

    private void say(Said said) {
        out.println(LlamaWire.line(said));
        out.flush();
    }
}
