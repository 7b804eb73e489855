package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.lora.LoraFile;
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
 * @param tiling whether the autoencoder takes large pictures tile by tile
 */
public record Options(Precision precision, Device device, int threads, List<LoraFile> loras, Tiling tiling) {

    /** Where a pipeline computes. */
    public enum Device {
        CPU
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
                Precision.FLOAT32, Device.CPU, Runtime.getRuntime().availableProcessors(), List.of(), Tiling.AUTO);
    }

    public Options withPrecision(Precision other) {
        return new Options(other, device, threads, loras, tiling);
    }

    public Options withThreads(int other) {
        return new Options(precision, device, other, loras, tiling);
    }

    public Options withLoras(List<LoraFile> others) {
        return new Options(precision, device, threads, others, tiling);
    }

    public Options withTiling(Tiling other) {
        return new Options(precision, device, threads, loras, other);
    }
}
