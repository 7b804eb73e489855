/**
 * Diffusion models in Java on LibTorch; {@code sdxl} and {@code wan} are where a user of the library begins. Nothing lives in this package itself: each
 * folder below says what it holds and what it may use.
 */
@NullMarked
package com.ourvidz.diffusion;

import org.jspecify.annotations.NullMarked;
