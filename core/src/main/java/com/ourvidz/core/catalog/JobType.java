package com.ourvidz.core.catalog;

import static com.ourvidz.core.catalog.JobType.Output.IMAGE_PORTRAIT;
import static com.ourvidz.core.catalog.JobType.Output.IMAGE_SQUARE;
import static com.ourvidz.core.catalog.JobType.Output.VIDEO_PORTRAIT;
import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The ten job types: the one table of what each runs on, what it makes and what it supports. */
public enum JobType {
    // queue, output, steps, guidance scale, bucket limit in MB an asset, expected seconds an asset, enhanced
    SDXL_IMAGE_FAST(SDXL_QUEUE, IMAGE_SQUARE, 15, 6.0, 5, 4, false),
    SDXL_IMAGE_HIGH(SDXL_QUEUE, IMAGE_SQUARE, 25, 7.5, 10, 8, false),
    IMAGE_FAST(WAN_QUEUE, IMAGE_PORTRAIT, 25, 6.5, 5, 25, false),
    IMAGE_HIGH(WAN_QUEUE, IMAGE_PORTRAIT, 50, 7.5, 10, 40, false),
    VIDEO_FAST(WAN_QUEUE, VIDEO_PORTRAIT, 25, 6.5, 50, 135, false),
    VIDEO_HIGH(WAN_QUEUE, VIDEO_PORTRAIT, 50, 7.5, 200, 180, false),
    IMAGE7B_FAST_ENHANCED(WAN_QUEUE, IMAGE_PORTRAIT, 25, 6.5, 20, 85, true),
    IMAGE7B_HIGH_ENHANCED(WAN_QUEUE, IMAGE_PORTRAIT, 50, 7.5, 20, 100, true),
    VIDEO7B_FAST_ENHANCED(WAN_QUEUE, VIDEO_PORTRAIT, 25, 6.5, 100, 195, true),
    VIDEO7B_HIGH_ENHANCED(WAN_QUEUE, VIDEO_PORTRAIT, 50, 7.5, 100, 240, true);

    /** What a job type makes; width and height in pixels. */
    public enum Output {
        IMAGE_SQUARE("image/png", "png", 1024, 1024, 1),
        IMAGE_PORTRAIT("image/png", "png", 480, 832, 1),
        VIDEO_PORTRAIT("video/mp4", "mp4", 480, 832, 83);

        /** How many bytes {@link #begins} looks at. */
        public static final int SIGNATURE_LENGTH = 8;

        private static final int SECONDS_OF_50_FRAMES = 3;

        private final String mediaType;
        private final String extension;
        private final int width;
        private final int height;
        private final int frames;

        Output(String mediaType, String extension, int width, int height, int frames) {
            this.mediaType = mediaType;
            this.extension = extension;
            this.width = width;
            this.height = height;
            this.frames = frames;
        }

        public String mediaType() {
            return mediaType;
        }

        public String extension() {
            return extension;
        }

        public int width() {
            return width;
        }

        public int height() {
            return height;
        }

        public int frames() {
            return frames;
        }

        /** Of a video, in seconds: 4.98. Empty for a picture. */
        public OptionalDouble duration() {
            return frames > 1 ? OptionalDouble.of(frames * SECONDS_OF_50_FRAMES / 50.0) : OptionalDouble.empty();
        }

        /** Whether a file that starts with these bytes is of this kind. */
        public boolean begins(byte[] head) {
            return frames > 1 ? hasAt(4, head, "ftyp") : hasAt(1, head, "PNG\r\n\u001a\n") && head[0] == (byte) 0x89;
        }

        private static boolean hasAt(int offset, byte[] head, String ascii) {
            var expected = ascii.getBytes(StandardCharsets.US_ASCII);
            var end = offset + expected.length;
            return head.length >= end && Arrays.equals(head, offset, end, expected, 0, expected.length);
        }
    }

    private static final long MEGABYTE = 1_048_576;

    private final Queue queue;
    private final Output output;
    private final int steps;
    private final double guidanceScale;
    private final long bucketLimit;
    private final int expectedSeconds;
    private final boolean enhanced;

    JobType(
            Queue queue,
            Output output,
            int steps,
            double guidanceScale,
            int bucketLimitMegabytes,
            int expectedSeconds,
            boolean enhanced) {
        this.queue = queue;
        this.output = output;
        this.steps = steps;
        this.guidanceScale = guidanceScale;
        this.bucketLimit = bucketLimitMegabytes * MEGABYTE;
        this.expectedSeconds = expectedSeconds;
        this.enhanced = enhanced;
    }

    public static Optional<JobType> of(String id) {
        return Stream.of(values()).filter(type -> type.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Stream.of(values()).map(JobType::id).toList();
    }

    /** The name in requests and answers. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Buckets are named after the job types. */
    public String bucket() {
        return id();
    }

    public Queue queue() {
        return queue;
    }

    public Output output() {
        return output;
    }

    public int steps() {
        return steps;
    }

    public double guidanceScale() {
        return guidanceScale;
    }

    /** The most bytes that one asset may have. */
    public long bucketLimit() {
        return bucketLimit;
    }

    public int expectedSeconds() {
        return expectedSeconds;
    }

    public boolean enhanced() {
        return enhanced;
    }

    /** What makes the same of a prompt as it is. */
    public JobType plain() {
        return Stream.of(values())
                .filter(type -> !type.enhanced && type.output == output && type.steps == steps)
                .findFirst()
                .orElseThrow();
    }

    public boolean isSdxl() {
        return queue == SDXL_QUEUE;
    }

    public boolean isVideo() {
        return output == VIDEO_PORTRAIT;
    }

    public boolean negativePromptSupported() {
        return isSdxl();
    }

    public boolean flexibleQuantitiesSupported() {
        return isSdxl();
    }

    public boolean seedControlSupported() {
        return isSdxl();
    }

    public boolean referenceImageSupported() {
        return isSdxl() || isVideo();
    }
}
