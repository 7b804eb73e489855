package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The way of one picture from noise to latents. Steps are taken in order from the first index used; a sampler may remember earlier ones
 * (multistep methods do), which is why a picture does not share its sampling, and why it is closed when the picture is done.
 *
 * <p>Samples and model outputs have any one shape; samples are float32.
 */
public interface Sampling extends AutoCloseable {

    /** What to tell the model at each step, the noisiest first; not always whole numbers. */
    List<Float> timesteps();

    /** The standard deviation that the first sample's noise must have. */
    float initialNoiseSigma();

    /** What the model is shown of a sample at step {@code index}; it may be the sample itself. */
    Tensor scaleModelInput(Tensor sample, int index);

    /**
     * Takes step {@code index}.
     *
     * @param modelOutput what the model said of {@link #scaleModelInput}; float32
     * @param noise the picture's own noise, which samplers that add some draw from
     * @return the sample for the next step, or the picture's latents after the last
     */
    Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise);

    /**
     * The clean sample as the model sees it at step {@code index}: what the picture would be if nothing more were learned of it.
     *
     * @param modelOutput as of {@link #step}
     */
    Tensor clean(Tensor modelOutput, int index, Tensor sample);

    /** A clean sample as it would be at step {@code index}: where an image-to-image run begins. */
    Tensor addNoise(Tensor original, Tensor noise, int index);

    /** Lets go of what was remembered between steps. */
    @Override
    default void close() {}
}
