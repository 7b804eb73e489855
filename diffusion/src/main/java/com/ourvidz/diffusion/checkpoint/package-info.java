/**
 * Reads a model folder as it was published: {@code config.json} settings and {@code .safetensors} tensors, checked
 * before use. It uses LibTorch, Jackson and the JDK, and nothing else of this library.
 */
@NullMarked
package com.ourvidz.diffusion.checkpoint;

import org.jspecify.annotations.NullMarked;
