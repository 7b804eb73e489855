package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.Config;

/** How many layers settings ask for: names are made for each, so that a damaged number must not pass. */
final class Layers {

    private static final int MOST = 1000;

    private Layers() {}

    static int checked(Config config, String setting, int count) {
        if (count < 1 || count > MOST) {
            throw config.invalid(setting, "is " + count + ", which is not a number of layers");
        }
        return count;
    }
}
