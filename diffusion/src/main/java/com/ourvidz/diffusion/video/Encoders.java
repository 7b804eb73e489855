package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;

import java.util.List;
import java.util.stream.Stream;

/** What ffmpeg's libraries can write here. */
public final class Encoders {

    private Encoders() {}

    /**
     * Of those that are used, the ones that are there: {@code libopenh264}, {@code h264_nvenc}, {@code libwebp}.
     *
     * @throws UnsatisfiedLinkError when the libraries cannot be loaded
     */
    public static List<String> present() {
        Ffmpeg.quiet();
        return Stream.of("libopenh264", "h264_nvenc", "libwebp")
                .filter(name -> avcodec_find_encoder_by_name(name) != null)
                .toList();
    }
}
