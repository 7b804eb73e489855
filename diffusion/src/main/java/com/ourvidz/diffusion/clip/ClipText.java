package com.ourvidz.diffusion.clip;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What the text encoder makes of a prompt.
 *
 * @param penultimate the hidden states before the last layer: (1, tokens, hidden)
 * @param pooled the projected state of the end-of-text token, from a model with projection: (1, projection)
 */
public record ClipText(Tensor penultimate, Optional<Tensor> pooled) {}
