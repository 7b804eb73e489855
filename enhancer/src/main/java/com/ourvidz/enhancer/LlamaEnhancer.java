package com.ourvidz.enhancer;

import com.ourvidz.enhancer.LlamaWire.Ask;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A GGUF model in llama.cpp, in a process of its own: loaded with the first prompt, and gone with the process. */
final class LlamaEnhancer implements Enhancer {

    /** A prompt of 4,000 characters has at most so many tokens in most scripts; one that has more is not enhanced. */
    private static final int QUESTION = 6_144;

    /** Of keys and values for a token, as a 7B model of Qwen2.5 has them. */
    private static final int BYTES_A_TOKEN = 57_344;

    private final Path model;
    private final EnhancerSettings settings;
    private final Instruction instruction;
    private final int threads;
    private @Nullable LlamaProcess process;

    /** @param threads 0 for all processors */
    LlamaEnhancer(Path model, EnhancerSettings settings, Instruction instruction, int threads) {
        this.model = model;
        this.settings = settings;
        this.instruction = instruction;
        this.threads = threads;
    }

    /** The file's name without its ending. */
    @Override
    public String name() {
        return String.valueOf(model.getFileName()).replaceFirst("(?i)\\.gguf$", "");
    }

    /** The file's size, which its weights have in memory too, and room for the tokens. */
    @Override
    public long memory() {
        return model.toFile().length() + (long) context() * BYTES_A_TOKEN;
    }

    @Override
    public String enhance(EnhanceRequest request, Progress progress) throws EnhancerException, InterruptedException {
        var told = instruction.about(request);
        var seed = (int) (request.seed() & Integer.MAX_VALUE);
        var answered = false;
        try {
            var answer = running()
                    .ask(new Ask(told, request.prompt(), settings.temperature(), settings.tokens(), seed))
                    .await(settings.timeout(), progress);
            answered = true;
            return Cleaning.of(answer, told);
        } catch (IOException e) {
            throw new EnhancerException("llama.cpp's process cannot be asked: " + e.getMessage());
        } finally {
            if (!answered) {
                unload(); // it may still be writing
            }
        }
    }

    private LlamaProcess running() throws IOException {
        if (process == null || !process.isAlive()) {
            process = LlamaProcess.start(model, context(), threads);
        }
        return process;
    }

    private int context() {
        return QUESTION + settings.tokens();
    }

    @Override
    public void unload() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
