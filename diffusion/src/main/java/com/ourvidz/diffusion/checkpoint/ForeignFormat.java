package com.ourvidz.diffusion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What people offer in place of {@code .safetensors}, told by the file's name or its first bytes, and what to do about
 * it.
 */
enum ForeignFormat {
    PICKLE(
            "is a pickle file, which can run code when it is opened, and is refused. Use the checkpoint's .safetensors files,"
                    + " or convert it to .safetensors on a machine that you can spare."),
    GIT_LFS_POINTER("is a Git LFS pointer, not the weights. Run 'git lfs pull' in the checkpoint's folder."),
    GGUF("is a GGUF file. Use the checkpoint's .safetensors files.");

    /** As many bytes as {@link #of(ByteBuffer)} looks at. */
    static final int LONGEST_MARK = 16;

    private static final String[] PICKLE_NAMES = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"};

    private final String advice;

    ForeignFormat(String advice) {
        this.advice = advice;
    }

    static boolean isPickleName(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(PICKLE_NAMES).anyMatch(name::endsWith);
    }

    static Optional<ForeignFormat> of(ByteBuffer start) {
        String text = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
        if (text.startsWith("PK\3\4") || isPickle(text)) {
            return Optional.of(PICKLE);
        }
        if (text.startsWith("version ")) {
            return Optional.of(GIT_LFS_POINTER);
        }
        return text.startsWith("GGUF") ? Optional.of(GGUF) : Optional.empty();
    }

    /** Pickle protocols 2 to 5 begin with the operation PROTO and the protocol's number. */
    private static boolean isPickle(String text) {
        return text.length() >= 2 && text.charAt(0) == 0x80 && text.charAt(1) >= 2 && text.charAt(1) <= 5;
    }

    CheckpointException refuse(Path path) {
        return new CheckpointException(path + " " + advice);
    }
}
