/**
 * Writes frames as MP4 files and single pictures as WebP, and tells what is in an MP4 file. It uses the package {@code image} and ffmpeg's
 * libraries.
 */
@NullMarked
package com.ourvidz.diffusion.video;

import org.jspecify.annotations.NullMarked;
