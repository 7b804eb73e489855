package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.vae.Tiling;
import java.util.List;

/**
 * How a pipeline computes.
 *
 * <p>The default is float32: it gives diffusers' numbers, and with small checkpoints it takes no longer than bfloat16, whose products are
 * faster but whose conversions are not free. With a full SDXL bfloat16 takes half the memory, and on CPUs that multiply it (AVX-512 BF16, AMX)
 * less time.
 *
 * @param precision of the text encoders and the UNet; the autoencoder, whose last layers show every rounding, is always float32
 * @param device where the weights are
 * @param threads that LibTorch computes with: a setting of the whole process
 * @param loras that are added to the checkpoint's weights
 * @param prompts how they are read
 * @param tiling whether the autoencoder takes large pictures tile by tile
 */
public record Options(
        Precision precision, Device device, int threads, List<LoraFile> loras, Prompts prompts, Tiling tiling) {

    /** How prompts are read. */
    public enum Prompts {
        /** Of any length, with {@code (word:1.3)}, {@code [word]} and {@code BREAK}, as AUTOMATIC1111's web UI has them. */
        WEIGHTED,
        /** As they stand, cut off at what the text encoders read at once, as diffusers has them. */
        PLAIN
    }

    public Options {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        loras = List.copyOf(loras);
    }

    /** float32 on every processor of the CPU. */
    public static Options defaults() {
        return new Options(
                Precision.FLOAT32,
                Device.CPU,
                Runtime.getRuntime().availableProcessors(),
                List.of(),
                Prompts.WEIGHTED,
                Tiling.AUTO);
    }

    public Options withPrecision(Precision other) {
        return new Options(other, device, threads, loras, prompts, tiling);
    }

    public Options withDevice(Device other) {
        return new Options(precision, other, threads, loras, prompts, tiling);
    }

    public Options withThreads(int other) {
        return new Options(precision, device, other, loras, prompts, tiling);
    }

    public Options withLoras(List<LoraFile> others) {
        return new Options(precision, device, threads, others, prompts, tiling);
    }

    public Options withPrompts(Prompts other) {
        return new Options(precision, device, threads, loras, other, tiling);
    }

    public Options withTiling(Tiling other) {
        return new Options(precision, device, threads, loras, prompts, other);
    }
}
