package com.ourvidz.enhancer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an operator chooses about enhancing.
 *
 * @param source who writes: {@code OURVIDZ_ENHANCER_MODEL}, else {@code OURVIDZ_ENHANCER_URL}, else the grammar
 * @param language {@code OURVIDZ_ENHANCER_LANGUAGE}: {@code prompt}, {@code en} or {@code zh}
 * @param instruction {@code OURVIDZ_ENHANCER_INSTRUCTION}, a file to replace what a model is told
 * @param temperature {@code OURVIDZ_ENHANCER_TEMPERATURE}, 0 to 2
 * @param tokens {@code OURVIDZ_ENHANCER_TOKENS}, the most that a model may write
 * @param timeout {@code OURVIDZ_ENHANCER_TIMEOUT}, for one try, besides as much again for loading a model
 * @param tries {@code OURVIDZ_ENHANCER_TRIES}, from 1
 * @param pause {@code OURVIDZ_ENHANCER_PAUSE}, between tries
 * @param environment those of the settings that were given, as a worker process is told them
 */
public record EnhancerSettings(
        Source source,
        Language language,
        Optional<Path> instruction,
        double temperature,
        int tokens,
        Duration timeout,
        int tries,
        Duration pause,
        Map<String, String> environment) {

    private static final String MODEL = "OURVIDZ_ENHANCER_MODEL";
    private static final String URL = "OURVIDZ_ENHANCER_URL";
    private static final String KEY = "OURVIDZ_ENHANCER_KEY";
    private static final String NAME = "OURVIDZ_ENHANCER_NAME";
    private static final String LANGUAGE = "OURVIDZ_ENHANCER_LANGUAGE";
    private static final String INSTRUCTION = "OURVIDZ_ENHANCER_INSTRUCTION";
    private static final String TEMPERATURE = "OURVIDZ_ENHANCER_TEMPERATURE";
    private static final String TOKENS = "OURVIDZ_ENHANCER_TOKENS";
    private static final String TIMEOUT = "OURVIDZ_ENHANCER_TIMEOUT";
    private static final String TRIES = "OURVIDZ_ENHANCER_TRIES";
    private static final String PAUSE = "OURVIDZ_ENHANCER_PAUSE";
    private static final List<String> NAMES =
            List.of(MODEL, URL, KEY, NAME, LANGUAGE, INSTRUCTION, TEMPERATURE, TOKENS, TIMEOUT, TRIES, PAUSE);

    private static final byte[] GGUF = "GGUF".getBytes(StandardCharsets.US_ASCII);

    /** Who writes. */
    public sealed interface Source {

        /** The phrase grammar. */
        record Grammar() implements Source {}

        /** A model in llama.cpp. */
        record Gguf(Path model) implements Source {}

        /**
         * A server that speaks OpenAI's protocol.
         *
         * @param url up to and with {@code /v1}
         * @param name the model to ask it for
         */
        record Endpoint(URI url, Optional<String> key, String name) implements Source {}
    }

    /**
     * Reads the settings.
     *
     * @param value of a setting; empty where it is not set
     * @throws IllegalArgumentException for one that cannot be used, with a sentence for the operator that begins with its name
     */
    public static EnhancerSettings read(Function<String, Optional<String>> value) {
        return new EnhancerSettings(
                source(value),
                value.apply(LANGUAGE).map(EnhancerSettings::language).orElse(Language.PROMPT),
                value.apply(INSTRUCTION).map(EnhancerSettings::instruction),
                number(value, TEMPERATURE, 0.7, 0, 2),
                wholeNumber(value, TOKENS, 512, 16, 8192),
                Duration.ofSeconds(wholeNumber(value, TIMEOUT, 60, 1, 600)),
                wholeNumber(value, TRIES, 2, 1, 10),
                Duration.ofSeconds(wholeNumber(value, PAUSE, 5, 0, 600)),
                NAMES.stream()
                        .filter(name -> value.apply(name).isPresent())
                        .collect(Collectors.toUnmodifiableMap(
                                name -> name, name -> value.apply(name).orElseThrow())));
    }

    /** For people, without a key: {@code grammar}, a model's name, or a model's name and where it is asked. */
    public String describe() {
        return switch (source) {
            case Source.Grammar _ -> "the phrase grammar; " + MODEL + " or " + URL + " names a model that writes more";
            case Source.Gguf(var model) -> model + " in llama.cpp";
            case Source.Endpoint endpoint -> endpoint.name() + " at " + endpoint.url();
        };
    }

    private static Source source(Function<String, Optional<String>> value) {
        var model = value.apply(MODEL).map(EnhancerSettings::gguf);
        var url = value.apply(URL).map(EnhancerSettings::url);
        if (model.isPresent() && url.isPresent()) {
            throw unusable(URL, "is set and so is " + MODEL + ": one of them is enough.");
        }
        if (url.isEmpty()) {
            return model.<Source>map(Source.Gguf::new).orElse(new Source.Grammar());
        }
        var name = value.apply(NAME)
                .orElseThrow(() -> unusable(NAME, "must name the model that " + URL + " is asked for."));
        return new Source.Endpoint(url.get(), value.apply(KEY), name);
    }

    private static Path gguf(String file) {
        var model = readable(MODEL, file);
        try (var in = Files.newInputStream(model)) {
            if (Arrays.equals(in.readNBytes(GGUF.length), GGUF)) {
                return model.toAbsolutePath();
            }
        } catch (IOException e) {
            throw unusable(MODEL, "names " + file + ", which cannot be read: " + e + ".");
        }
        throw unusable(MODEL, "must be a GGUF file, and " + file + " is none.");
    }

    private static Path readable(String setting, String file) {
        var path = Path.of(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw unusable(setting, "must be a file that can be read, and " + file + " is none.");
        }
        return path;
    }

    private static Path instruction(String file) {
        var path = readable(INSTRUCTION, file);
        var _ = Instruction.load(Optional.of(path)); // so that one that is no text is known now
        return path;
    }

    private static URI url(String text) {
        try {
            var url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below, as for another kind of URL
        }
        throw unusable(URL, "must be a URL that starts with http:// or https://, not '" + text + "'.");
    }

    private static Language language(String id) {
        return Language.of(id).orElseThrow(() -> unusable(LANGUAGE, "must be prompt, en or zh, not '" + id + "'."));
    }

    private static int wholeNumber(
            Function<String, Optional<String>> value, String name, int otherwise, int least, int most) {
        var number = number(value, name, otherwise, least, most);
        if (number != Math.rint(number)) {
            throw unusable(name, "must be a whole number, not " + number + ".");
        }
        return (int) number;
    }

    private static double number(
            Function<String, Optional<String>> value, String name, double otherwise, double least, double most) {
        var text = value.apply(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            var number = Double.parseDouble(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw unusable(
                name, "must be a number from %s to %s, not '%s'.".formatted(plain(least), plain(most), text.get()));
    }

    private static String plain(double number) {
        return Long.toString((long) number);
    }

    private static IllegalArgumentException unusable(String name, String what) {
        return new IllegalArgumentException(name + " " + what);
    }
}
