package com.ourvidz.server;

import com.ourvidz.core.safety.BlockedPhrase;
import com.ourvidz.core.safety.WordPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What an operator chooses about what may be made, and what is written down of it.
 *
 * @param blockedPhrases refused besides what is always refused
 * @param logFormat {@code text} or {@code json}
 */
public record OperationSettings(List<BlockedPhrase> blockedPhrases, String logFormat) {

    private static final Set<String> LOG_FORMATS = Set.of("text", "json");

    /** @throws SettingsException for a value that cannot be used */
    static OperationSettings read(Function<String, Optional<String>> value) {
        return new OperationSettings(
                value.apply("OURVIDZ_BLOCKED_WORDS")
                        .map(Path::of)
                        .map(OperationSettings::phrases)
                        .orElse(List.of()),
                logFormat(value.apply("OURVIDZ_LOG_FORMAT").orElse("text")));
    }

    private static String logFormat(String word) {
        if (!LOG_FORMATS.contains(word)) {
            throw SettingsException.of("OURVIDZ_LOG_FORMAT", "must be text or json, not '" + word + "'.");
        }
        return word;
    }

    private static List<BlockedPhrase> phrases(Path file) {
        var lines = lines(file);
        var phrases = IntStream.range(0, lines.size())
                .mapToObj(index -> new BlockedPhrase(index + 1, lines.get(index).strip()))
                .filter(phrase -> !phrase.text().isEmpty() && !phrase.text().startsWith("#"))
                .toList();
        phrases.forEach(phrase -> requireWords(file, phrase));
        return phrases;
    }

    private static void requireWords(Path file, BlockedPhrase phrase) {
        try {
            WordPolicy.requireWords(phrase);
        } catch (IllegalArgumentException e) {
            throw SettingsException.of(
                    "OURVIDZ_BLOCKED_WORDS",
                    "names " + file + ", whose line " + phrase.line() + " has no letter or digit.");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw SettingsException.of("OURVIDZ_BLOCKED_WORDS", "names " + file + ", which is not UTF-8 text.");
        } catch (IOException e) {
            throw SettingsException.of("OURVIDZ_BLOCKED_WORDS", "names a file that cannot be read: " + e + ".");
        }
    }
}
