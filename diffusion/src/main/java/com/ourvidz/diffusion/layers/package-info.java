/**
 * The layers that the text encoders, the UNet, the transformer and the autoencoders are built of, with PyTorch's names and weight shapes. It uses {@code
 * checkpoint} and {@code tensor}; a layer reads {@code weight} and {@code bias} below the prefix that its owner gives it.
 */
@NullMarked
package com.ourvidz.diffusion.layers;

import org.jspecify.annotations.NullMarked;
