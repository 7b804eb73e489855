package com.ourvidz.diffusion.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** What weights are kept and computed in. float16 is not among them: CPUs are slow at it and SDXL's autoencoder overflows in it. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    BFLOAT16(ScalarType.BFloat16);

    private final ScalarType scalarType;

    Precision(ScalarType scalarType) {
        this.scalarType = scalarType;
    }

    public ScalarType scalarType() {
        return scalarType;
    }
}
