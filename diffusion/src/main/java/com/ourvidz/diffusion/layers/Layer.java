package com.ourvidz.diffusion.layers;

import org.bytedeco.pytorch.Tensor;

/** One tensor in, one tensor out. The result is new: the input is left as it was. */
@FunctionalInterface
public interface Layer {

    Tensor forward(Tensor x);
}
