/**
 * UMT5, the text encoder of WAN. It uses {@code checkpoint}, {@code layers} and {@code tensor}.
 */
@NullMarked
package com.ourvidz.diffusion.umt5;

import org.jspecify.annotations.NullMarked;
