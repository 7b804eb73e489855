package com.ourvidz.worker;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that this process has in memory. A model is loaded when it is first needed; before that, those that were not used for the
 * longest time are freed until the budget has room for it. How much one takes is measured while it is loaded; until then its files' size
 * stands for it. A model that is larger than the budget is loaded all the same, alone.
 */
final class LoadedModels {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);
    private static final int TRIES_TO_LOAD = 3;

    /** What is done with a model. */
    interface Use<M, R> {
        R of(M model) throws IOException, InterruptedException;
    }

    /** A model that can be loaded, and whether it is. */
    static final class Model<M> {

        private final String name;
        private final Path checkpoint;
        private final Supplier<M> loader;
        private final Consumer<M> closer;
        private Optional<Long> bytes = Optional.empty();
        private @Nullable M value;
        private int uses;

        /** Loads nothing yet. */
        Model(String name, Path checkpoint, Supplier<M> loader, Consumer<M> closer) {
            this.name = name;
            this.checkpoint = checkpoint;
            this.loader = loader;
            this.closer = closer;
        }

        boolean isLoaded() {
            return value != null;
        }

        private void close() {
            if (value != null) {
                closer.accept(value);
                value = null;
            }
        }
    }

    private final ModelMemory memory;
    private final Retries retries;
    private final Set<Model<?>> loaded = new LinkedHashSet<>(); // the longest unused first

    LoadedModels(ModelMemory memory, Retries retries) {
        this.memory = memory;
        this.retries = retries;
    }

    /** Loads the model, unless it is loaded. */
    synchronized void load(Model<?> model) throws InterruptedException {
        ready(model);
    }

    /**
     * Frees idle models until there are so many bytes left beside them for something that is no model of this process, and is on the CPU.
     * What is on a GPU is not in its way.
     */
    synchronized void makeRoomBeside(long bytes) {
        if (bytes > 0 && memory.used().isPresent()) {
            makeRoom(bytes);
        }
    }

    /**
     * Uses a model, which stays in memory meanwhile. One thread at a time; within a use another model may be used.
     *
     * @throws CheckpointException when it cannot be loaded
     */
    synchronized <M, R> R use(Model<M> model, Use<M, R> use) throws IOException, InterruptedException {
        var value = ready(model);
        model.uses++;
        try {
            return use.of(value);
        } finally {
            model.uses--;
        }
    }

    private <M> M ready(Model<M> model) throws InterruptedException {
        var value = model.value == null ? loaded(model) : model.value;
        loaded.remove(model);
        loaded.add(model);
        return value;
    }

    private <M> M loaded(Model<M> model) throws InterruptedException {
        makeRoom(expected(model));
        var loading = Stopwatch.start();
        var before = memory.used();
        var value = loadPatiently(model);
        var bytes = memory.taken(before).orElseGet(() -> memory.sizeOf(model.checkpoint));
        model.value = value;
        model.bytes = Optional.of(bytes);
        LOG.info("Loaded {} in {} s, {} MB", model.name, loading.seconds(), bytes >> 20);
        makeRoom(bytes); // its files may have said less
        return value;
    }

    /** Loading is tried again: the files may be on a share that hiccups, or just being copied. */
    private <M> M loadPatiently(Model<M> model) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return model.loader.get();
            } catch (CheckpointException e) {
                LOG.warn("The model cannot be loaded: {}", e.getMessage());
                if (tries == TRIES_TO_LOAD) {
                    throw e;
                }
                retries.pause(tries);
            }
        }
    }

    /** Frees what is not in use, the longest unused first, until the others leave {@code bytes} of the budget. */
    private void makeRoom(long bytes) {
        var idle = loaded.stream().filter(model -> model.uses == 0).toList();
        for (var model : idle) {
            if (taken() + bytes <= memory.budget()) {
                return;
            }
            model.close();
            loaded.remove(model);
            LOG.info("Freed {}", model.name);
        }
    }

    private long taken() {
        return loaded.stream().mapToLong(this::expected).sum();
    }

    private long expected(Model<?> model) {
        return model.bytes.orElseGet(() -> memory.sizeOf(model.checkpoint));
    }
}
