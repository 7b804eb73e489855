package com.ourvidz.diffusion.vae;

/** Whether an autoencoder takes a picture tile by tile, which needs less memory and shows, faintly, where the tiles meet. */
public enum Tiling {
    /** Never: the picture at once. */
    OFF,
    /** In tiles of the size that diffusers' {@code enable_tiling} has: for SDXL as published 1024 pixels, so that a picture of that size is one tile. */
    ON,
    /** In tiles when the picture would not fit into the memory that is free, and in the largest that fit. */
    AUTO
}
