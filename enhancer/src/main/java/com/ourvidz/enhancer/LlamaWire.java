package com.ourvidz.enhancer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The lines between this process and the one that llama.cpp runs in. What a native library prints among them is known by the mark that it
 * does not begin with.
 */
final class LlamaWire {

    /**
     * A request to the model.
     *
     * @param tokens the most that it may write
     */
    record Ask(String system, String user, double temperature, int tokens, int seed) {

        String line() {
            return String.join(
                    " ",
                    encode(system),
                    encode(user),
                    Double.toString(temperature),
                    Integer.toString(tokens),
                    Integer.toString(seed));
        }

        static Ask read(String line) {
            var parts = line.split(" ", -1);
            return new Ask(
                    decode(parts[0]),
                    decode(parts[1]),
                    Double.parseDouble(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]));
        }
    }

    private static final char MARK = '\u001e';

    private LlamaWire() {}

    static String line(Said said) {
        return MARK
                + switch (said) {
                    case Said.Loaded _ -> "L";
                    case Said.Piece(var text) -> "P" + encode(text);
                    case Said.End(var whole) -> whole ? "E" : "C";
                    case Said.Failed(var why) -> "F" + encode(why);
                };
    }

    /** Empty for a line that is none of ours. */
    static Optional<Said> read(String line) {
        var mark = line.indexOf(MARK);
        if (mark < 0) {
            return Optional.empty();
        }
        var rest = line.substring(mark + 2);
        return Optional.of(
                switch (line.charAt(mark + 1)) {
                    case 'L' -> new Said.Loaded();
                    case 'P' -> new Said.Piece(decode(rest));
                    case 'E' -> new Said.End(true);
                    case 'C' -> new Said.End(false);
                    default -> new Said.Failed(decode(rest));
                });
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
