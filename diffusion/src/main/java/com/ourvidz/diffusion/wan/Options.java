package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.Precision;

/**
 * How a pipeline computes.
 *
 * @param precision of the text encoder and the transformer; the autoencoder is always float32. WAN's text encoder alone has 5.7 billion
 *     weights: with bfloat16 it takes half the memory
 * @param device where the weights are
 * @param threads that LibTorch computes with: a setting of the whole process
 */
public record Options(Precision precision, Device device, int threads) {

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

    public Options withDevice(Device other) {
        return new Options(precision, other, threads);
    }

    public Options withThreads(int other) {
        return new Options(precision, device, other);
    }
}
