package com.ourvidz.diffusion.scheduler;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What makes a consistency model leave a clean sample alone: c_skip and c_out of Song et al. 2023.
 *
 * @param timestepScaling how fast the sample loses its say
 */
record ConsistencyBoundary(float timestepScaling) {

    private static final float DATA_VARIANCE = 0.25f;

    Tensor apply(Tensor sample, Tensor clean, int timestep) {
        float scaled = timestep * timestepScaling;
        float sum = scaled * scaled + DATA_VARIANCE;
        float skip = DATA_VARIANCE / sum;
        float out = scaled / (float) Math.sqrt(sum);
        return clean.mul(new Scalar(out)).add(sample.mul(new Scalar(skip)));
    }
}
