/**
 * What every model needs of LibTorch: when native memory is freed, where noise comes from, which precision to compute in. It uses LibTorch
 * through JavaCPP and nothing else of this library.
 */
@NullMarked
package com.ourvidz.diffusion.tensor;

import org.jspecify.annotations.NullMarked;
