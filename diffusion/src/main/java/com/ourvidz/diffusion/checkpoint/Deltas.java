package com.ourvidz.diffusion.checkpoint;

import org.bytedeco.pytorch.Tensor;

/** What is added to a checkpoint's tensors as they are read: {@link Weights#plus}. */
public interface Deltas {

    /** Whether anything is added to this tensor, by the checkpoint's name for it. */
    boolean has(String tensor);

    /**
     * What is added to a tensor that it {@link #has}: float32, of the tensor's shape.
     *
     * @throws CheckpointException when it has another shape
     */
    Tensor of(String tensor, long... shape);
}
