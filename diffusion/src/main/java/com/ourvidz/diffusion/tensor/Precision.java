package com.ourvidz.diffusion.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** What weights are kept and computed in. float16 is for GPUs: CPUs are slow at it. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    FLOAT16(ScalarType.Half),
    BFLOAT16(ScalarType.BFloat16);

    private final ScalarType scalarType;

    Precision(ScalarType scalarType) {
        this.scalarType = scalarType;
    }

    public ScalarType scalarType() {
        return scalarType;
    }
}
