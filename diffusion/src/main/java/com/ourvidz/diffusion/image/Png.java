package com.ourvidz.diffusion.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** PNG. */
public final class Png {

    private Png() {}

    public static void write(OutputStream out, byte[] rgb, int width, int height, Map<String, String> text)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public static void write(Path file, byte[] rgb, int width, int height, Map<String, String> text)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public static Map<String, String> text(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }
}
