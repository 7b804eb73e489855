package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.BytePointer;

/** How ffmpeg's libraries say what went wrong, and how they take texts. */
final class Ffmpeg {

    private static final int LONGEST_MESSAGE = 256;

    private Ffmpeg() {}

    /** What the libraries would print goes nowhere: errors are exceptions. Called before anything else of theirs. */
    static void quiet() {
        av_log_set_level(AV_LOG_QUIET);
    }

    /**
     * Returns {@code result} unless it is an error.
     *
     * @param action what was tried, as in "could not open the file"
     */
    static int check(int result, String action) throws IOException {
        if (result < 0) {
            throw new IOException("ffmpeg could not " + action + ": " + message(result));
        }
        return result;
    }

    /** Likewise for what is null when there is no memory, or no such thing. */
    static <T> T check(T made, String action) throws IOException {
        if (made == null) { // the bindings are not annotated
            throw new IOException("ffmpeg could not " + action);
        }
        return made;
    }

    private static String message(int error) {
        try (BytePointer text = new BytePointer(LONGEST_MESSAGE)) {
            av_strerror(error, text, LONGEST_MESSAGE);
            return text.getString(StandardCharsets.UTF_8);
        }
    }

    /** A file's address: with the protocol, so that a colon in a name is not taken for one. */
    static BytePointer url(Path file) {
        return utf8("file:" + file.toAbsolutePath());
    }

    static BytePointer utf8(String text) {
        return new BytePointer(text.replace("\0", ""), StandardCharsets.UTF_8);
    }

    /** The entries as ffmpeg takes them; {@code av_dict_free} frees them. */
    static AVDictionary dictionary(Map<String, String> entries) {
        AVDictionary dictionary = new AVDictionary(null);
        entries.forEach((name, text) -> {
            try (BytePointer key = utf8(name);
                    BytePointer value = utf8(text)) {
                av_dict_set(dictionary, key, value, 0);
            }
        });
        return dictionary;
    }

    static Map<String, String> map(AVDictionary dictionary) {
        Map<String, String> map = new LinkedHashMap<>();
        AVDictionaryEntry entry = av_dict_iterate(dictionary, null);
        while (entry != null) {
            map.put(entry.key().getString(StandardCharsets.UTF_8), entry.value().getString(StandardCharsets.UTF_8));
            entry = av_dict_iterate(dictionary, entry);
        }
        return map;
    }
}
