package com.ourvidz.worker;

import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.FreeMemory;
import com.ourvidz.diffusion.tensor.UsedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory that models are in.
 *
 * @param budget how much of it they may take, in bytes
 * @param device where it is
 */
record ModelMemory(long budget, Device device) {

    private static final long OF_A_GPU = 35L << 30;
    private static final double OF_FREE_MEMORY = 0.8;
    private static final String WEIGHTS = ".safetensors";

    /** With a budget of 35 GB on a GPU and most of what is free now on a CPU, where none is given. */
    static ModelMemory of(Optional<Long> budget, Device device) {
        return new ModelMemory(budget.orElseGet(() -> most(device)), device);
    }

    private static long most(Device device) {
        if (device.gpu().isPresent()) {
            return OF_A_GPU;
        }
        var free = FreeMemory.bytes();
        return free.isPresent() ? (long) (OF_FREE_MEMORY * free.getAsLong()) : Long.MAX_VALUE;
    }

    /** How much is taken now, by models and what they compute; empty where that is not measured, which is on GPUs. */
    OptionalLong used() {
        return device.gpu().isPresent() ? OptionalLong.empty() : OptionalLong.of(UsedMemory.bytes());
    }

    /** How much more than {@code before} is taken now. */
    Optional<Long> taken(OptionalLong before) {
        var now = used();
        return before.isPresent() && now.isPresent()
                ? Optional.of(Math.max(0, now.getAsLong() - before.getAsLong()))
                : Optional.empty();
    }

    /** What a checkpoint's weights have on disk; 0 where there is none. */
    long sizeOf(Path checkpoint) {
        if (!Files.exists(checkpoint)) {
            return 0; // which loading it says better
        }
        try (var files = Files.walk(checkpoint)) {
            return files.filter(file -> file.toString().endsWith(WEIGHTS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
