package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.tensor.Precision;

/**
 * How a pipeline computes.
 *
 * @param precision of the text encoders and the UNet; the autoencoder, a small part of the time, always computes in float32
 * @param device where the weights are
 * @param threads that LibTorch computes with: a setting of the whole process
 */
public record Options(Precision precision, Device device, int threads) {

    /** Where a pipeline computes. */
    public enum Device {
        CPU
    }

    public Options {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }

    /** float32 on every processor of the CPU. */
    public static Options defaults() {
        return new Options(Precision.FLOAT32, Device.CPU, Runtime.getRuntime().availableProcessors());
    }

    public Options withPrecision(Precision other) {
        return new Options(other, device, threads);
    }

    public Options withThreads(int other) {
        return new Options(precision, device, other);
    }
}
