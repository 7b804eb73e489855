package com.ourvidz.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Names for the files of a prompt. */
final class FileNames {

    private static final int LONGEST = 48;

    private FileNames() {}

    /** A file in the folder that does not exist yet, named after prompt and seed: {@code a-fox-in-snow-7.png}, {@code a-fox-in-snow-7-2.png}. */
    static Path free(Path folder, String prompt, long seed, String extension) {
        var name = slug(prompt) + "-" + seed;
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> folder.resolve(name + (n == 1 ? "" : "-" + n) + "." + extension))
                .filter(file -> !Files.exists(file))
                .findFirst()
                .orElseThrow();
    }

    static String slug(String prompt) {
        var words = prompt.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        var end = words.offsetByCodePoints(0, Math.min(LONGEST, words.codePointCount(0, words.length())));
        var slug = words.substring(0, end).replaceAll("^-|-$", "");
        return slug.isEmpty() ? "picture" : slug;
    }
}
