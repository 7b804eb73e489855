package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.tensor.FreeMemory;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How large the tiles of an autoencoder are.
 *
 * @param largest the side in pixels that diffusers has
 * @param unit what a side is a multiple of, in pixels
 * @param channels of the widest feature map at full resolution
 */
record TileSize(Tiling tiling, int largest, int unit, int channels) {

    /**
     * How many feature maps a decoder has in memory at its peak, at full resolution and in float32: what comes into a residual block, its norm,
     * what goes out, and what oneDNN takes to compute it. Measured at 3.4 for SDXL's decoder at 1024x1024.
     */
    private static final long MAPS = 4;

    /** Below a quarter of it the seams show and little is saved. */
    private static final int HALVINGS = 2;

    TileSize {
        largest = Math.max(unit, largest / unit * unit);
    }

    /** The side in pixels of the tiles for a picture; empty for the whole picture at once. */
    OptionalInt of(long width, long height) {
        return switch (tiling) {
            case OFF -> OptionalInt.empty();
            case ON -> OptionalInt.of(largest);
            case AUTO -> fitting(width, height, FreeMemory.bytes());
        };
    }

    OptionalInt fitting(long width, long height, OptionalLong free) {
        if (free.isEmpty() || bytes(width, height) <= free.getAsLong()) {
            return OptionalInt.empty();
        }
        int[] sides = sides();
        return OptionalInt.of(IntStream.of(sides)
                .filter(side -> bytes(Math.min(side, width), Math.min(side, height)) <= free.getAsLong())
                .findFirst()
                .orElse(sides[sides.length - 1]));
    }

    private int[] sides() {
        return IntStream.rangeClosed(0, HALVINGS)
                .map(halvings -> Math.max(unit, (largest >> halvings) / unit * unit))
                .toArray();
    }

    private long bytes(long width, long height) {
        return MAPS * channels * width * height * Float.BYTES;
    }
}
